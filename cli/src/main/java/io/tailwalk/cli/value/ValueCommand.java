package io.tailwalk.cli.value;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Command {@code value}: parent of the subcommands for learned values. */
@Command(
    name = "value",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Learn a value of prefixes for the option --value of generate, tail and compare.")
public final class ValueCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  private ValueCommand() {}

  /**
   * Creates the command with its subcommands.
   *
   * @param words the command line, stored in the run record
   */
  public static CommandLine of(Console console, List<String> words) {
    return new CommandLine(new ValueCommand()).addSubcommand(new ValueTrainCommand(console, words));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.OK;
  }
}
