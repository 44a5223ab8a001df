package io.tailwalk.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.testkit.TestVocabulary;
import io.tailwalk.testkit.VerifierContract;
import io.tailwalk.verifiers.VerifierSpecs;
import io.tailwalk.verifiers.spec.ModelOpener;
import io.tailwalk.verifiers.spec.SpecContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeVerifierTest {
  @TempDir Path folder;

  private String tests(String source) {
    try {
      return Files.writeString(folder.resolve("tests.py"), source).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double reward(Verifier verifier, String prompt, String text) {
    var vocabulary = TestVocabulary.of(text);
    int[] tokens = {0, 1};
    return verifier.logReward(
        Candidate.complete(Prompt.text(prompt), vocabulary, tokens, FinishReason.STOP));
  }

  @Test
  void logReward_fencedCodeInProse_isRun() {
    String spec = "code:python,tests=" + tests("assert f(2) == 4\nassert f(3) == 9\n");
    try (Verifier verifier = VerifierSpecs.parse(spec)) {
      String code = "def f(x):\n    return x * x\n";
      assertThat(reward(verifier, "", code)).isZero();
      assertThat(reward(verifier, "", "Sure:\n```python\n" + code + "```\nDone.")).isZero();
      assertThat(reward(verifier, "", "Sure: " + code)).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(verifier.name()).isEqualTo(spec);
    }
  }

  @Test
  void logReward_fraction_isTheLogOfTheShareThatPasses() {
    String spec = "code:python,score=fraction,tests=" + tests("assert f(2) == 4\nassert f(3) == 9");
    try (Verifier verifier = VerifierSpecs.parse(spec)) {
      assertThat(reward(verifier, "", "def f(x): return 4")).isEqualTo(Math.log(0.5));
      assertThat(reward(verifier, "", "def f(x): return 5")).isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  @Test
  void logReward_beforePromptAndTestsOfAField_goOnFromThePrompt() {
    String spec = "code[3s]:python,tests=@test,before=prompt";
    try (Verifier verifier =
        VerifierSpecs.parse(
            spec, new SpecContext((_, _) -> Optional.of("assert f(2) == 4"), ModelOpener.NONE))) {
      assertThat(reward(verifier, "def f(x):\n", "    return x * x\n")).isZero();
      assertThat(reward(verifier, "def f(x):\n", "    return x + 3\n"))
          .isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "code:python~is not a code verifier; write code:python,tests=FILE",
        "code:pascal,tests=x~is not a code verifier",
        "code:ruby,tests=x~code: runs Python only, not ruby; write code:python,tests=FILE",
        "code:ts,tests=x~code: runs Python only, not ts",
        "code:python,tests=/no/such/file.py~the file /no/such/file.py cannot be read",
        "code:python,test=x~code: has no option \"test\"; valid options are before, score, tests",
        "code:python,tests=~needs one value for tests",
        "code:python,tests=@t,score=some~score=some is unknown; use all or fraction",
        "code[0s]:python,tests=x~verifier code[0s] has a bad time limit; write code[30s]:",
      })
  void parse_badSpec_isRefusedInOneSentence(String spec, String message) {
    assertThatThrownBy(() -> VerifierSpecs.parse(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @Nested
  class Contract extends VerifierContract {
    @Override
    protected Verifier openVerifier() {
      String file = tests("assert a == 1\nassert b == 2\n");
      return VerifierSpecs.parse("code:python,score=fraction,tests=" + file);
    }

    @Override
    protected Vocabulary vocabulary() {
      return TestVocabulary.of("a=1;b=3\n", "b=2\n");
    }

    @Override
    protected int maxTokens() {
      return 2;
    }
  }
}
