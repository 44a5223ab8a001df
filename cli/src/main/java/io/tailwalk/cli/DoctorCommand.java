package io.tailwalk.cli;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.ModelOptions;
import io.tailwalk.runs.models.ModelCheck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command {@code doctor}: measures what a model can do. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measure what a model can do: complete distributions, forks, rollback, rounding, speed."
            + " The exit code is 1 if exact results are impossible.")
public final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final ModelOptions modelOptions = new ModelOptions();

  @Option(names = "--json", description = "Print one JSON object to stdout.")
  private boolean json;

  /** Creates the command with output to the given console. */
  public DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ModelCheck check = ModelCheck.of(modelOptions.name(), modelOptions.settings());
    if (json) {
      console.data(check.json());
    } else {
      console.out().print(check.text(console.outIsTerminal()));
    }
    return check.exactnessPossible() ? ExitCode.OK : ExitCode.FAILED;
  }
}
