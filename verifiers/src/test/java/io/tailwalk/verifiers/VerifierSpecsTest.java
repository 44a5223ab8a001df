package io.tailwalk.verifiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.testkit.TestVocabulary;
import io.tailwalk.testkit.VerifierContract;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifierSpecsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "any~whatever~true",
        "avoid:e~hello~false",
        "avoid:e~hallo~true",
        "length:2..4~abc~true",
        "length:2..4~abcde~false",
        "regex:h.*o~hello~true",
        "avoid:x and length:1..9 and regex:[a-z]+~hello~true",
        "avoid:x and length:1..4 and regex:[a-z]+~hello~false",
        "regex:\"black and white\"~black and white~true",
        "regex:\"say \"\"a and b\"\"\" and length:0..99~say \"a and b\"~true",
        "regex:a:b~a:b~true",
        "regex:band~band~true",
        "avoid:\"\"\"\"~say \"x\"~false",
      })
  void parse_spec_judgesTexts(String spec, String text, boolean passes) {
    try (Verifier verifier = VerifierSpecs.parse(spec)) {
      var vocabulary = TestVocabulary.of(text);
      var candidate =
          Candidate.complete(Prompt.text(""), vocabulary, new int[] {0, 1}, FinishReason.STOP);
      assertThat(verifier.logReward(candidate)).isEqualTo(passes ? 0 : Double.NEGATIVE_INFINITY);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "lenght:1..2~unknown verifier \"lenght:1..2\"; use one of: any, avoid:",
        "avoid:e and white~unknown verifier \"white\"",
        "regex:black and white~unknown verifier \"white\"",
        "~unknown verifier \"\"",
        "avoid~unknown verifier \"avoid\"",
        "avoid:~avoid: needs at least one character",
        "length:5~length:5 is not a range of characters; write length:MIN..MAX",
        "length:5..2~length:MIN..MAX needs 0 <= MIN <= MAX, got 5..2",
        "regex:(a~bad regex (a (unclosed group",
        "regex:\"a~has an opening quote and no closing one",
        "regex:\"a\"b and any~continues after a closing quote",
        "grammar:/no/such/file~grammar: the file /no/such/file cannot be read",
        "json-schema:~json-schema: the file  cannot be read",
        "prm:nowhere~prm: needs an address",
        "judge:gguf:m.gguf~the model gguf:m.gguf cannot be opened here",
        "length[3s]:1..2~has no options in brackets",
        "cmd:~cmd: needs a program",
        "cmd:echo 'a~has an opening ' and no closing one",
        "cmd[0s]:true~has a bad time limit",
        "cmd[soon]:true~has a bad time limit",
      })
  void parse_badSpec_isRefusedInOneSentence(String spec, String message) {
    assertThatThrownBy(() -> VerifierSpecs.parse(spec == null ? "" : spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void parse_unknownProgram_saysItCannotBeStarted() {
    assertThatThrownBy(() -> VerifierSpecs.parse("cmd:/no/such/program"))
        .isInstanceOf(VerifierException.class)
        .hasMessageContaining("cmd:/no/such/program cannot be started");
  }

  @Test
  void name_conjunction_canBeParsedAgain() {
    String spec = "avoid:e and length:1..9 and regex:\"a and b\"";
    try (Verifier once = VerifierSpecs.parse(spec);
        Verifier twice = VerifierSpecs.parse(once.name())) {
      assertThat(twice.name()).isEqualTo(once.name()).isEqualTo(spec);
    }
  }

  @Nested
  class RegexAndLength extends VerifierContract {
    @Override
    protected Verifier openVerifier() {
      return VerifierSpecs.parse("regex:(a\u00e9|b+)*c? and length:2..4");
    }

    /** Tokens that overlap and split the accented letter. */
    @Override
    protected Vocabulary vocabulary() {
      return TestVocabulary.ofBytes(
          List.of(
              new byte[] {'a'},
              new byte[] {(byte) 0xC3},
              new byte[] {(byte) 0xA9},
              new byte[] {'b'},
              new byte[] {'b', 'c'}));
    }

    @Override
    protected int maxTokens() {
      return 5;
    }
  }
}
