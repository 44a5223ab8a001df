package io.tailwalk.lab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.lab.codetests.TestedFunction;
import org.junit.jupiter.api.Test;

class CodeTestsVerifierTest {

  @Test
  void verifier_realSandbox_passesLinesThatRunAndNoOthers() {
    try (Verifier verifier = CodeTestsCommand.verifier();
        LanguageModel model = BuiltinModels.open("builtin:austen")) {
      assertThat(passes(verifier, model, "([1, 2], 3) == [1, 2, 3]")).isTrue();
      assertThat(passes(verifier, model, "(['a'], None) == ['a', None]  # grows")).isTrue();
      assertThat(passes(verifier, model, "([1, 2], 3) == [3, 1, 2]")).isFalse();
      assertThat(passes(verifier, model, "([1, 2], 3) == [1, 2, 3")).isFalse();
      assertThat(reason(verifier, model, "([1, 2], 3) and 0, repr(app([1, 2], 3))"))
          .endsWith("AssertionError: [1, 2, 3]");
      assertThat(passes(verifier, model, "((1, 2), 3) == (1, 2, 3)")).isFalse();
    }
  }

  private static boolean passes(Verifier verifier, LanguageModel model, String line) {
    return verifier.logReward(candidate(model, line)) == 0;
  }

  /** The message of a failed assertion is how the lab asks for a result. */
  private static String reason(Verifier verifier, LanguageModel model, String line) {
    return verifier.reason(candidate(model, line)).orElse("");
  }

  private static Candidate candidate(LanguageModel model, String line) {
    int[] tokens = model.vocabulary().encode(line);
    return Candidate.complete(
        TestedFunction.APPEND.prompt(), model.vocabulary(), tokens, FinishReason.STOP);
  }
}
