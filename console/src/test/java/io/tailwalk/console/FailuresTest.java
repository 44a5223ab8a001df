package io.tailwalk.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int tell(Error failure, boolean debug) {
    var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return Failures.tell(failure, new Console(stream, stream, 80, false, false), debug);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tell_deepRecursion_isABadInput() {
    assertThat(tell(new StackOverflowError(), false)).isEqualTo(2);
    assertThat(said()).hasLineCount(1).contains("nested too deeply").doesNotContain("report");
  }

  @Test
  void tell_debug_printsTheStackTrace() {
    tell(new StackOverflowError(), true);
    assertThat(said()).contains("\tat io.tailwalk.console.FailuresTest");
  }

  @Test
  void tell_missingClass_namesTheFullDistribution() {
    assertThat(tell(new NoClassDefFoundError("ai/djl/X"), false)).isEqualTo(2);
    assertThat(said()).hasLineCount(1).contains("use the full distribution");
  }
}
