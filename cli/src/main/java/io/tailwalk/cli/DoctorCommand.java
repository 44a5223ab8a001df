package io.tailwalk.cli;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.ModelFlags;
import io.tailwalk.console.flags.Require;
import io.tailwalk.runs.models.ModelCheck;
import io.tailwalk.runs.models.Models;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Command {@code doctor}: measures what a model can do. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measure what a model can do: complete distributions, forks, rollback, rounding, speed."
            + " The exit code is 1 if exact results are impossible.")
public final class DoctorCommand implements Callable<Integer> {
  private static final int MOST_WALKS = 1024;

  private final Console console;

  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  @Mixin private final ModelFlags flags = new ModelFlags();

  /** The model, in one of two ways. */
  private static final class Which {
    @Option(
        names = "--model",
        paramLabel = "MODEL",
        description =
            "Model: gguf:PATH (any GGUF file), checkpoint:PATH (of train), openai:URL (a server) or"
                + " builtin:NAME.")
    private @Nullable String option;

    @Parameters(
        arity = "0..1",
        paramLabel = "MODEL",
        description = "The model without --model; an address, http://..., is that of a server.")
    private @Nullable String argument;

    String name() {
      if (option != null) {
        return option;
      }
      String given = argument == null ? "" : argument;
      return Models.isAddress(given) ? "openai:" + given : given;
    }
  }

  @Option(names = "--json", description = "Print one JSON object to stdout.")
  private boolean json;

  @Option(
      names = "--batches",
      paramLabel = "N,N...",
      split = ",",
      description =
          "Numbers of parallel walks whose speed is measured, each 1 to 1024. Default: 1,8,16.")
  private @Nullable List<Integer> batches;

  /** Creates the command with output to the given console. */
  public DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (batches != null) {
      Require.that(
          !Models.isServed(which.name()), "--batches has no effect on a served model; omit it");
      batches.forEach(batch -> Require.between("--batches", batch, 1, MOST_WALKS));
    }
    ModelCheck check =
        batches == null
            ? ModelCheck.of(which.name(), flags.settings())
            : ModelCheck.of(which.name(), flags.settings(), batches);
    if (json) {
      console.data(check.json());
    } else {
      console.out().print(check.text(console.outIsTerminal()));
    }
    return check.exactnessPossible() ? ExitCode.OK : ExitCode.FAILED;
  }
}
