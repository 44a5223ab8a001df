package io.tailwalk.cli.coverage;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.Interrupt;
import io.tailwalk.console.flags.Require;
import io.tailwalk.console.flags.StudyOptions;
import io.tailwalk.runs.checkpoints.WatchStudy;
import io.tailwalk.runs.checkpoints.WatchedFiles;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.Study;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Command {@code watch}: follows the score tables of a training run. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Follow a folder of score tables that appear during training, with one or more checkpoints"
          + " per file, and report the best checkpoint so far by tournament and whether coverage"
          + " has turned while cross-entropy still falls.",
      "Tables are read from the folder and from the folders in it whose names end in a number, such"
          + " as checkpoint-500; other files are left alone.",
      "Checkpoints are ordered by name, with numbers in names ordered by value. If the tables have"
          + " no reference_log_prob, checkpoints are compared with each other."
    })
public final class WatchCommand implements Callable<Integer> {
  private static final int MILLIS = 1000;
  private static final int MOST_SECONDS = 86_400;

  private final Console console;
  private final List<String> words;

  @Parameters(paramLabel = "DIR", description = "Folder of score tables.")
  private Path folder = Path.of("");

  @Option(names = "--n", required = true, paramLabel = "N", description = "Factor N.")
  private double n;

  @Option(
      names = "--reference",
      paramLabel = "COLUMN",
      description =
          "Column with the log-probability under the reference distribution. Default:"
              + " reference_log_prob, if it exists.")
  private @Nullable String reference;

  @Mixin private final ColumnsFlag columns = new ColumnsFlag();

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Time between two checks of the folder. Default: ${DEFAULT-VALUE}.")
  private int interval;

  @Option(names = "--once", description = "Check the folder once and exit.")
  private boolean once;

  @Option(
      names = "--exit-code",
      paramLabel = "CODE",
      defaultValue = "3",
      description = "Exit code if coverage has turned. Default: ${DEFAULT-VALUE}.")
  private int exitCode;

  @Option(
      names = "--delta",
      paramLabel = "D",
      defaultValue = "0.05",
      description =
          "Probability, over all checks, of reporting a turn in a run whose coverage never gets"
              + " worse. Default: ${DEFAULT-VALUE}.")
  private double delta;

  @Mixin private final StudyOptions study = new StudyOptions();

  /**
   * Creates the command with output to the given console.
   *
   * @param words the command line, stored in the run record
   */
  public WatchCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() throws InterruptedException {
    check();
    var files = new WatchedFiles(folder);
    study.prepare();
    try (Interrupt interrupt = Interrupt.listen();
        Heartbeat heartbeat = new Heartbeat(console, study.quiet() || once)) {
      while (true) {
        boolean changed = files.look(once);
        List<String> notes = files.notes();
        if (changed || !notes.isEmpty()) {
          heartbeat.clear();
        }
        if (!study.quiet()) {
          notes.forEach(console::tell);
        }
        if (changed && look(files)) {
          return exitCode;
        }
        if (once) {
          return ExitCode.OK;
        }
        heartbeat.beat(files.waiting());
        for (int waited = 0; waited < interval * MILLIS; waited += 100) {
          if (interrupt.requested()) {
            return ExitCode.OK;
          }
          Thread.sleep(100);
        }
      }
    }
  }

  private void check() {
    Require.between("--interval", interval, 1, MOST_SECONDS);
    Require.between("--exit-code", exitCode, 0, 255);
    Factors.of("--n", List.of(n));
    Require.probability("--delta", delta);
  }

  /** Reads all files and shows the state of the run; true if coverage has turned. */
  private boolean look(WatchedFiles files) {
    if (files.ready().isEmpty() && !once) {
      return false;
    }
    WatchStudy look;
    try {
      look = files.study(columns.byField(), reference, n, delta);
    } catch (InputException e) {
      if (once) {
        throw e;
      }
      if (!study.quiet()) {
        console.tell("the scores are not complete yet: " + e.getMessage());
      }
      return false;
    }
    Study shown = look.study(words);
    study.show(console, shown);
    if (!study.quiet()) {
      shown.warnings().forEach(console::tell);
    }
    console.flush();
    return look.turned();
  }
}
