package io.tailwalk.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KNOWN =
      List.of("--prompt", "--prompts", "--param", "--n", "--budget-calls", "--budget-tokens");

  @Test
  void to_oneSlip_findsTheNearestAlone() {
    assertThat(Nearest.to("--promt", KNOWN)).containsExactly("--prompt");
    assertThat(Nearest.to("--rpompt", KNOWN)).containsExactly("--prompt");
    assertThat(Nearest.to("--prompst", KNOWN)).containsExactly("--prompt", "--prompts");
  }

  @Test
  void to_beginning_findsAllThatGoOn() {
    assertThat(Nearest.to("--budget", KNOWN)).containsExactly("--budget-calls", "--budget-tokens");
  }

  @Test
  void to_somethingElseOrTooShort_findsNothing() {
    assertThat(Nearest.to("--temperature", KNOWN)).isEmpty();
    assertThat(Nearest.to("-x", KNOWN)).isEmpty();
  }
}
