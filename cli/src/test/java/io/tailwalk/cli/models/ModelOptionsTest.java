package io.tailwalk.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ModelOptionsTest {
  @Command
  private static final class Holder {
    @CommandLine.Mixin private final ModelOptions options = new ModelOptions();
  }

  private static ModelOptions parsed(String model, String threads) {
    var holder = new Holder();
    new CommandLine(holder).parseArgs("--model", model, "--threads", threads);
    return holder.options;
  }

  /** Whether a number of draws is sure to be paid depends on it, and with it the interval. */
  @Test
  void treeBytes_atAnyThreads_areTheSame() {
    for (String model : new String[] {"builtin:austen", "gguf:a.gguf"}) {
      assertThat(parsed(model, "1").treeBytes()).isEqualTo(parsed(model, "64").treeBytes());
    }
  }

  /** All trees at a time fit in half of the memory. */
  @Test
  void promptsAtATime_shareTheMemory() {
    for (String threads : new String[] {"1", "3", "64"}) {
      ModelOptions options = parsed("builtin:austen", threads);
      assertThat(options.promptsAtATime()).isBetween(1, Integer.parseInt(threads));
      assertThat(options.promptsAtATime() * options.treeBytes())
          .isLessThanOrEqualTo(Runtime.getRuntime().maxMemory() / 2);
      assertThat(parsed("gguf:a.gguf", threads).promptsAtATime()).isOne();
    }
  }
}
