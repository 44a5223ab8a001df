package io.tailwalk.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.cli.CliRun;
import org.junit.jupiter.api.Test;

class CodeTestsCommandTest {

  @Test
  void badFlags_areOneSentenceAndStatusTwo() {
    CliRun missing = CliRun.of("lab", "code-tests", "--scale", "quick");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("scripts/fetch-model").contains("--model").hasLineCount(1);
    CliRun repeats = CliRun.of("lab", "code-tests", "--model", "builtin:austen", "--repeats", "1");
    assertThat(repeats.code()).isEqualTo(2);
    assertThat(repeats.err()).contains("--repeats must be at least 2").hasLineCount(1);
  }
}
