package io.tailwalk.runs.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.train.torch.MissingEngineException;
import org.junit.jupiter.api.Test;

class FaultTest {
  @Test
  void of_missingEngine_isAboutTheInput() {
    Fault fault = Fault.of(new MissingEngineException("use the full one", new Exception()));
    assertThat(fault.kind()).isEqualTo(Fault.Kind.INPUT);
    assertThat(fault.sentence()).isEqualTo("use the full one");
  }

  /** An error of the program itself may quote a request. */
  @Test
  void of_internalErrorWithAHeader_doesNotShowIt() {
    Fault fault = Fault.of(new IllegalStateException("invalid header value: Bearer abc\ndef"));
    assertThat(fault.kind()).isEqualTo(Fault.Kind.INTERNAL);
    assertThat(fault.sentence()).contains("invalid header value").doesNotContain("abc", "def");
  }
}
