package io.tailwalk.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.records.TableException;
import io.tailwalk.train.data.Example;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFileTest {
  @TempDir private Path folder;

  private List<DataFile.Row> read(String text) throws IOException {
    return read(Files.writeString(folder.resolve("data"), text));
  }

  private static List<DataFile.Row> read(Path file) {
    return new DataFile(file, "pairs", new Tokens.Bytes(), 300, true).read();
  }

  private static String completion(Example example) {
    var text = new StringBuilder();
    // The last token ends the text.
    for (int token : Arrays.copyOf(example.response(), example.response().length - 1)) {
      text.append((char) token);
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt\": \"7 =\", \"completion\": \" 8\"}\n",
        "[{\"prompt\": \"7 =\", \"completion\": \" 8\"}]",
        "prompt,completion\n7 =, 8\n",
        "prompt\tcompletion\n7 =\t 8\n",
        "{\"prompt\": \"7 =\", \"chosen\": \" 8\", \"rejected\": \" 9\"}\n",
      })
  void read_everyForm_isTheSameExample(String text) throws IOException {
    Path plain =
        Files.writeString(
            folder.resolve("plain.jsonl"), "{\"prompt\": \"7 =\", \"completion\": \" 8\"}\n");
    Example expected = read(plain).getFirst().example();
    assertThat(completion(expected)).isEqualTo(" 8");
    assertThat(completion(read(text).getFirst().example())).isEqualTo(" 8");
    Path zipped = folder.resolve("data.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Example unzipped = read(zipped).getFirst().example();
    assertThat(completion(unzipped)).isEqualTo(" 8");
    assertThat(unzipped.length()).isEqualTo(expected.length());
  }

  @Test
  void read_chatsHalfCharactersAndMisspeltFields_areRefusedWithTheRow() {
    assertThatThrownBy(() ->
            read(
                "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"},"
                    + " {\"role\": \"assistant\", \"content\": \"b\"}]}\n"))
        .isInstanceOf(TableException.class)
        .hasMessageContainingAll("row 1", "no chat template");
    assertThatThrownBy(() -> read("{\"prompt\": \"a\", \"completion\": \"\\ud800\"}\n"))
        .hasMessageContainingAll("row 1", "half of a surrogate pair");
    assertThatThrownBy(() -> read("{\"prompt\": \"a\", \"completion\": \"b\", \"promt_id\": 3}\n"))
        .hasMessageContaining("unknown field \"promt_id\"");
  }
}
