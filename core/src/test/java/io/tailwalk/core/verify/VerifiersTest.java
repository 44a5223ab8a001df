package io.tailwalk.core.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.random.Streams;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiersTest {

  /** One token per byte, so that characters are split across tokens. */
  private static final Vocabulary BYTES =
      new Vocabulary() {
        @Override
        public int size() {
          return 257;
        }

        @Override
        public byte[] bytes(int token) {
          return isEnd(token) ? new byte[0] : new byte[] {(byte) token};
        }

        @Override
        public boolean isEnd(int token) {
          return token == 256;
        }

        @Override
        public int[] encode(String text) {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          int[] ids = new int[bytes.length];
          for (int i = 0; i < ids.length; i++) {
            ids[i] = bytes[i] & 0xFF;
          }
          return ids;
        }
      };

  private static final String[] PIECES = {"e", "E", "a", "é", "É", "ß", "€", "𝄞", " ", "\n", "z"};

  private static String randomText(RandomGenerator random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static Candidate complete(String text) {
    return Candidate.complete(Prompt.text(""), BYTES, BYTES.encode(text), FinishReason.STOP);
  }

  private static boolean passes(Verifier verifier, String text) {
    return verifier.logReward(complete(text)) == 0.0;
  }

  @ParameterizedTest
  @ValueSource(strings = {"e", "é", "€", "𝄞", "aé", "z\n"})
  void avoid_randomTexts_sameAsSearchingEachCharacterInBothCases(String characters) {
    Verifier verifier = Verifiers.avoid(characters);
    RandomGenerator random = Streams.of(3, characters.hashCode());
    for (int i = 0; i < 2000; i++) {
      String text = randomText(random);
      String folded = text.toLowerCase(Locale.ROOT);
      boolean expected =
          characters.codePoints().noneMatch(c -> folded.indexOf(Character.toLowerCase(c)) >= 0);
      assertThat(passes(verifier, text)).as("avoid:%s on %s", characters, text).isEqualTo(expected);
    }
  }

  @Test
  void length_randomTexts_countsCodePoints() {
    Verifier verifier = Verifiers.length(2, 4);
    RandomGenerator random = Streams.of(4);
    for (int i = 0; i < 2000; i++) {
      String text = randomText(random);
      int length = text.codePointCount(0, text.length());
      assertThat(passes(verifier, text)).as(text).isEqualTo(length >= 2 && length <= 4);
    }
  }

  /**
   * The value of every prefix must be 1 if and only if some continuation of up to four bytes can
   * pass.
   */
  @Test
  void prefixValue_afterEachByte_isZeroOnlyWhereNothingCanPass() {
    Verifier verifier = Verifiers.allOf(List.of(Verifiers.avoid("e€"), Verifiers.length(0, 3)));
    ValueFunction value = verifier.prefixValue();
    RandomGenerator random = Streams.of(5);
    for (int i = 0; i < 500; i++) {
      String text = randomText(random);
      boolean passed = passes(verifier, text);
      int[] ids = BYTES.encode(text);
      for (int h = 0; h <= ids.length; h++) {
        int[] prefix = java.util.Arrays.copyOf(ids, h);
        double logValue = value.logValue(Candidate.partial(Prompt.text(""), BYTES, prefix));
        assertThat(logValue == 0.0 || !passed).as(text).isTrue();
      }
      if (text.codePointCount(0, text.length()) > 3 || text.contains("e")) {
        assertThat(value.logValue(Candidate.partial(Prompt.text(""), BYTES, ids)))
            .as(text)
            .isEqualTo(Double.NEGATIVE_INFINITY);
      }
    }
  }

  private static Candidate ofBytes(int... bytes) {
    return Candidate.complete(Prompt.text(""), BYTES, bytes, FinishReason.LENGTH);
  }

  /** Ends inside a character, lone and missing bytes, an overlong form, a surrogate, too large. */
  private static final List<Candidate> ILL_FORMED =
      List.of(
          ofBytes('a', 0xE4, 0xBB),
          ofBytes('a', 0xF0, 0x9F, 0x98),
          ofBytes('a', 0xC3),
          ofBytes('a', 0xBB),
          ofBytes('a', 0xE4, 'b'),
          ofBytes('a', 0xC0, 0xAF),
          ofBytes('a', 0xED, 0xA0, 0x80),
          ofBytes('a', 0xF4, 0x90, 0x80, 0x80),
          ofBytes('a', 0xFF));

  @Test
  void logReward_illFormedText_isZeroForAllButAny() {
    for (Candidate text : ILL_FORMED) {
      assertThat(text.isWellFormed()).as(text.toString()).isFalse();
      assertThat(Verifiers.any().logReward(text)).isEqualTo(0.0);
      for (Verifier verifier :
          List.of(Verifiers.avoid("z"), Verifiers.length(0, 9), Verifiers.avoid("\u4eba"))) {
        assertThat(verifier.logReward(text))
            .as("%s on %s", verifier.name(), text)
            .isEqualTo(Double.NEGATIVE_INFINITY);
      }
    }
    assertThat(ofBytes('a', 0xE4, 0xBB, 0xA5).isWellFormed()).isTrue();
    assertThat(Verifiers.length(2, 2).logReward(ofBytes('a', 0xE4, 0xBB, 0xA5))).isEqualTo(0.0);
  }

  /** What no further byte can make well-formed is cut at once. */
  @Test
  void prefixValue_illFormedText_isZero() {
    for (Verifier verifier : List.of(Verifiers.avoid("z"), Verifiers.length(0, 2))) {
      for (int i = 0; i < ILL_FORMED.size(); i++) {
        Candidate text = ILL_FORMED.get(i);
        Candidate prefix = Candidate.partial(Prompt.text(""), BYTES, text.tokenIds());
        boolean mayBeCompleted = i < 3;
        assertThat(verifier.prefixValue().logValue(prefix) == 0.0)
            .as("%s on %s", verifier.name(), text)
            .isEqualTo(mayBeCompleted);
      }
    }
    // No room for the character that begins.
    Candidate begun = Candidate.partial(Prompt.text(""), BYTES, new int[] {'a', 'b', 0xC3});
    assertThat(Verifiers.length(0, 2).prefixValue().logValue(begun))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  /** All sixty-four characters behind two bytes are forbidden, so that the bytes are dead. */
  @Test
  void prefixValue_allCompletionsForbidden_isZero() {
    var block = new StringBuilder();
    for (int c = 0x3040; c < 0x3080; c++) {
      block.appendCodePoint(c);
    }
    ValueFunction value = Verifiers.avoid(block.toString()).prefixValue();
    Candidate within = Candidate.partial(Prompt.text(""), BYTES, new int[] {0xE3, 0x81});
    Candidate other = Candidate.partial(Prompt.text(""), BYTES, new int[] {0xE3, 0x82});
    assertThat(value.logValue(within)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(value.logValue(other)).isEqualTo(0.0);
  }

  @Test
  void childScores_everyToken_equalOneByOne() {
    Verifier verifier = Verifiers.allOf(List.of(Verifiers.avoid("eé"), Verifiers.length(2, 3)));
    for (String text : List.of("", "a", "ab", "abc", "abcd", "e", "\u00c3")) {
      Candidate prefix = Candidate.partial(Prompt.text(""), BYTES, BYTES.encode(text));
      ChildScores values = verifier.prefixValue().childLogValues(prefix);
      ChildScores rewards = verifier.childLogRewards(prefix, FinishReason.LENGTH);
      for (int token = 0; token < BYTES.size(); token++) {
        Candidate child = prefix.extend(token);
        assertThat(values.logScore(token)).isEqualTo(verifier.prefixValue().logValue(child));
        assertThat(rewards.logScore(token))
            .isEqualTo(
                verifier.logReward(
                    Candidate.complete(
                        Prompt.text(""), BYTES, child.tokenIds(), FinishReason.LENGTH)));
      }
    }
  }

  @Test
  void allOf_batch_equalsOneByOne() {
    Verifier verifier = Verifiers.allOf(List.of(Verifiers.avoid("e"), Verifiers.length(1, 3)));
    List<Candidate> batch = List.of(complete("ab"), complete("e"), complete(""), complete("abcd"));
    double[] out = new double[4];
    verifier.logRewards(batch, out);
    for (int i = 0; i < 4; i++) {
      assertThat(out[i]).isEqualTo(verifier.logReward(batch.get(i)));
    }
    assertThat(verifier.name()).isEqualTo("avoid:e and length:1..3");
  }

  @Test
  void factories_badArguments_sayWhatIsWanted() {
    assertThatThrownBy(() -> Verifiers.avoid("")).hasMessageContaining("avoid:e");
    assertThatThrownBy(() -> Verifiers.length(5, 4)).hasMessageContaining("5..4");
    assertThatThrownBy(() -> Verifiers.allOf(List.of())).hasMessageContaining("at least one");
    assertThatThrownBy(() -> new DecayValue(0, 3)).hasMessageContaining("alpha");
  }
}
