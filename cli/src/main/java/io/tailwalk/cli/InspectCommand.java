package io.tailwalk.cli;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.Failures;
import io.tailwalk.runs.files.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Command {@code inspect}: says what files are taken for. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show what a file is taken for: its format, columns, number of rows, first rows, and what each"
          + " command does with it.",
      "Every row is read by the readers of the commands, so that a file shown as readable is."
    })
public final class InspectCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files or patterns of any format; - is standard input.")
  private List<String> files = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON object per file.")
  private boolean json;

  /** Creates the command with output to the given console. */
  public InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    AtomicBoolean failed = new AtomicBoolean();
    for (String file : files) {
      // The other files are of interest even if one cannot be read.
      Inspection.forEach(
          file,
          this::print,
          fault -> {
            failed.set(true);
            Failures.tell(fault, console, false);
          });
    }
    return failed.get() ? ExitCode.BAD_INPUT : ExitCode.OK;
  }

  private void print(Inspection found) {
    if (json) {
      console.data(found.json());
    } else {
      int width = console.outIsTerminal() ? console.width() : Integer.MAX_VALUE;
      console.out().print(found.text(width, console.outIsTerminal()));
    }
  }
}
