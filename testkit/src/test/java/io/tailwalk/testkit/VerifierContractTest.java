package io.tailwalk.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.Verifiers;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The contract on core's conjunction, over tokens that split a character. */
class VerifierContractTest extends VerifierContract {
  private static final TestVocabulary SPLIT =
      TestVocabulary.ofBytes(
          List.of(
              new byte[] {'a'},
              new byte[] {(byte) 0xC3},
              new byte[] {(byte) 0xA9},
              new byte[] {'b', 'e'}));

  private Supplier<Verifier> verifier =
      () -> Verifiers.allOf(List.of(Verifiers.avoid("\u00e9b"), Verifiers.length(1, 3)));

  @Override
  protected Verifier openVerifier() {
    return verifier.get();
  }

  @Override
  protected Vocabulary vocabulary() {
    return SPLIT;
  }

  /** The contract detects a prefix value with a wrong zero. */
  @Test
  void contract_unsoundPrefixValue_isCaught() {
    var broken = new VerifierContractTest();
    broken.verifier = () -> new WrongZeros(openVerifier());
    assertThatThrownBy(broken::prefixValue_aboveAnAcceptedResponse_isNotZero)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("zero at");
  }

  private record WrongZeros(Verifier right) implements Verifier {
    @Override
    public String name() {
      return "wrong zeros";
    }

    @Override
    public double logReward(Candidate complete) {
      return right.logReward(complete);
    }

    @Override
    public ValueFunction prefixValue() {
      return prefix -> prefix.text().endsWith("a") ? Double.NEGATIVE_INFINITY : 0;
    }
  }
}
