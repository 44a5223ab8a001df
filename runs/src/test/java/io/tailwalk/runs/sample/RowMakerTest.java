package io.tailwalk.runs.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.sampling.Completion;
import io.tailwalk.testkit.TestVocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowMakerTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 7, 100})
  void share_anyCount_addsUp(long count) {
    for (int rows = 1; rows < 9; rows++) {
      long sum = 0;
      for (int row = 0; row < rows; row++) {
        long share = RowMaker.share(count, rows, row);
        assertThat(share).isBetween(count / rows, count / rows + 1);
        sum += share;
      }
      assertThat(sum).isEqualTo(count);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0 1,true", // a whole character
    "0 3 4,true", // a character in two tokens
    "0 3,false", // its first half
    "4 0,false", // its second half
    "0 5,true", // U+FFFD itself
    "0 1 2,true", // an end token
  })
  void isWellFormed_partsOfCharacters_areTold(String ids, boolean wellFormed) {
    TestVocabulary vocabulary =
        TestVocabulary.ofBytes(
            List.of(
                new byte[] {'a'},
                new byte[] {(byte) 0xC3, (byte) 0xA9},
                new byte[0],
                new byte[] {(byte) 0xE4, (byte) 0xBB},
                new byte[] {(byte) 0xA5},
                "\ufffd".getBytes(StandardCharsets.UTF_8)));
    List<Integer> tokens = Arrays.stream(ids.split(" ")).map(Integer::valueOf).toList();
    String text = vocabulary.decode(tokens.stream().mapToInt(i -> i).toArray());
    for (String shown : List.of(text, text.substring(0, 1))) {
      var draw = new Completion(tokens, shown, List.of(), 0, FinishReason.LENGTH, 1);
      boolean cut = shown.length() < text.length() && shown.equals("a");
      assertThat(RowMaker.isWellFormed(vocabulary, draw)).isEqualTo(wellFormed || cut);
    }
  }
}
