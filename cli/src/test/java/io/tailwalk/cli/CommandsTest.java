package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.console.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class CommandsTest {
  private static CommandLine program(Predicate<String> complete) {
    var nowhere = new PrintStream(PrintStream.nullOutputStream());
    var console = new Console(nowhere, nowhere, 100, false, false);
    var program = new CommandLine(CommandSpec.create().name("tailwalk"));
    new Commands(console, List.of("tailwalk")).addTo(program, complete);
    return program;
  }

  @Test
  void addTo_outlines_haveTheHelpOfCompleteCommands() {
    assertThat(program(_ -> false).getUsageMessage())
        .isEqualTo(program(_ -> true).getUsageMessage())
        .contains("generate", "lab", "doctor", "completion", "help");
  }

  @Test
  void addTo_namedCommand_hasItsFlags_andOthersHaveNone() {
    CommandLine program = program(Commands.named(new String[] {"tail", "--help"}));
    assertThat(flags(program, "tail")).contains("--model");
    assertThat(flags(program, "generate")).isEmpty();
  }

  private static List<String> flags(CommandLine program, String command) {
    return Objects.requireNonNull(program.getSubcommands().get(command))
        .getCommandSpec()
        .options()
        .stream()
        .map(OptionSpec::longestName)
        .toList();
  }

  @Test
  void named_completion_needsEveryCommand() {
    assertThat(Commands.named(new String[] {"completion"})).accepts("generate", "lab");
    assertThat(Commands.named(new String[0])).rejects("generate", "lab");
  }
}
