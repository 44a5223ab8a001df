package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.console.ExitCode;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  @Test
  void run_everyCommandLine_succeeds() {
    assertThat(Rehearsal.run()).isEqualTo(ExitCode.OK);
  }
}
