package io.tailwalk.cli.coverage;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.Interrupt;
import io.tailwalk.console.flags.Require;
import io.tailwalk.console.flags.StudyOptions;
import io.tailwalk.runs.checkpoints.WatchRun;
import io.tailwalk.runs.checkpoints.WatchStudy;
import io.tailwalk.runs.checkpoints.WatchedFiles;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.Study;
import java.nio.file.Path;
import java.time.Duration;
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
  public Integer call() {
    check();
    var run =
        new WatchRun(
            new WatchedFiles(folder, !columns.byField().isEmpty()),
            columns.byField(),
            reference,
            n,
            delta);
    study.prepare();
    boolean silent = study.quiet() || once;
    try (Interrupt interrupt = Interrupt.listen();
        Heartbeat heartbeat = new Heartbeat(console, silent)) {
      Lines lines = new Lines(interrupt, heartbeat);
      boolean turned = once ? show(run.once(lines)) : run.run(Duration.ofSeconds(interval), lines);
      return turned ? exitCode : ExitCode.OK;
    }
  }

  private void check() {
    Require.between("--interval", interval, 1, MOST_SECONDS);
    Require.between("--exit-code", exitCode, 0, 255);
    Factors.of("--n", List.of(n));
    Require.probability("--delta", delta);
  }

  /** Shows the state of the run; true if coverage has turned. */
  private boolean show(WatchStudy state) {
    Study shown = state.study(words);
    study.show(console, shown);
    if (!study.quiet()) {
      shown.warnings().forEach(console::tell);
    }
    console.flush();
    return state.turned();
  }

  /** Shows each look until Ctrl-C. */
  private final class Lines implements WatchRun.Listener {
    private final Interrupt interrupt;
    private final Heartbeat heartbeat;

    Lines(Interrupt interrupt, Heartbeat heartbeat) {
      this.interrupt = interrupt;
      this.heartbeat = heartbeat;
    }

    @Override
    public void onState(WatchStudy state) {
      heartbeat.clear();
      show(state);
    }

    @Override
    public void onNote(String note) {
      heartbeat.clear();
      if (!study.quiet()) {
        console.tell(note);
      }
    }

    @Override
    public void onWait(String state) {
      heartbeat.beat(state);
    }

    @Override
    public void onIncomplete(InputException reason) {
      heartbeat.clear();
      if (!study.quiet()) {
        console.tell("the scores are not complete yet: " + reason.getMessage());
      }
    }

    @Override
    public boolean cancelled() {
      return interrupt.requested();
    }
  }
}
