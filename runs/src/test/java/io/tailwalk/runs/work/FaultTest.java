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
}
