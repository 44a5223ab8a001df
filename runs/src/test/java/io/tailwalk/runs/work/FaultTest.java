package io.tailwalk.runs.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.values.LearningException;
import org.junit.jupiter.api.Test;

final class FaultTest {
  @Test
  void of_stackOverflow_isInputThatIsTooDeep() {
    Fault fault = Fault.of(new IllegalStateException("in a worker", new StackOverflowError()));
    assertThat(fault.kind()).isEqualTo(Fault.Kind.INPUT);
    assertThat(fault.sentence()).contains("nested too deeply").doesNotContain("Error");
  }

  @Test
  void of_learningException_isInput() {
    Fault fault = Fault.of(new LearningException("cannot start PyTorch\nfrom x"));
    assertThat(fault.kind()).isEqualTo(Fault.Kind.INPUT);
    assertThat(fault.sentence()).isEqualTo("cannot start PyTorch from x");
  }

  @Test
  void of_unknownException_isInternal() {
    assertThat(Fault.of(new IllegalStateException("x")).kind()).isEqualTo(Fault.Kind.INTERNAL);
  }

  @Test
  void of_addressWithKey_hidesIt() {
    Fault fault = Fault.of(new InputException("bad verifier prm:h:1/x?key=S3CRET"));
    assertThat(fault.sentence()).doesNotContain("S3CRET");
  }
}
