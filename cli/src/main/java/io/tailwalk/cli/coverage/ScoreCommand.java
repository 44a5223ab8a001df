package io.tailwalk.cli.coverage;

import io.tailwalk.console.Console;
import io.tailwalk.console.ConsoleWatch;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.ChatFlags;
import io.tailwalk.console.flags.DataFlags;
import io.tailwalk.console.flags.ModelFlags;
import io.tailwalk.console.flags.ResumeFlags;
import io.tailwalk.console.flags.RowColumns;
import io.tailwalk.console.flags.TruncationFlags;
import io.tailwalk.runs.checkpoints.ScoredModel;
import io.tailwalk.runs.checkpoints.Scoring;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.OutputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command {@code score}: computes log-probabilities of given responses under models. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compute the log-probability of given responses under one or more models, and write a table"
          + " that profile, select and watch read.",
      "The tokens of the response are scored after the prompt as the model formats it; a"
          + " log-probability that would not belong to exactly this text is refused."
    })
public final class ScoreCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Option(
      names = "--model",
      paramLabel = "[NAME=]MODEL[@T]",
      description =
          "Model, gguf:PATH, checkpoint:PATH, openai:URL or builtin:NAME, optionally with a name for the table"
              + " and a temperature; may be repeated.")
  private List<String> models = new ArrayList<>();

  @Mixin private final TruncationFlags cuts = new TruncationFlags();

  @Mixin private final DataFlags data = new DataFlags();
  @Mixin private final RowColumns columns = new RowColumns();
  @Mixin private final ChatFlags chat = new ChatFlags();

  @Option(
      names = "--all-choices",
      description =
          "Score every choice of a multiple-choice document in a harness log, not only the right"
              + " one.")
  private boolean allChoices;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.parquet|.csv|.jsonl",
      description =
          "Output table, in the format of its file extension; FILE.run.json next to it records how"
              + " the table was made. A device, a pipe or - (stdout) gets the rows only, as JSON"
              + " lines unless its name ends otherwise.")
  private Path out = Path.of("");

  @Option(
      names = "--end",
      description =
          "Score the end of each response as part of it: one more token, with the probability of"
              + " any end token.")
  private boolean end;

  @Option(
      names = "--per-token",
      description = "Add a column log_probs with the log-probability of every token.")
  private boolean perToken;

  @Option(
      names = "--recorded",
      paramLabel = "NAME",
      description =
          "Name of an additional model in the table, with the log-probabilities that the rows"
              + " themselves have: a harness log's, one token per response, or log_prob or"
              + " log_probs.")
  private @Nullable String recorded;

  @Mixin private final ModelFlags flags = new ModelFlags();

  @Mixin private final ResumeFlags existing = new ResumeFlags();

  @Option(
      names = {"-q", "--quiet"},
      description = "Suppress progress and notes on stderr.")
  private boolean quiet;

  /**
   * Creates the command with output to the given console.
   *
   * @param words the command line, stored in the run record
   */
  public ScoreCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    flags.check();
    List<ScoredModel> scorers = cuts.of(ScoredModel.parse(models));
    if (scorers.isEmpty() && recorded == null) {
      throw new InputException(
          "no model to score with; give --model, or --recorded NAME for a harness log");
    }
    IfExists mode = existing.mode();
    if (scorers.stream().anyMatch(model -> model.name().equals(recorded))) {
      throw new InputException(
          "--recorded " + recorded + " is also the name of a --model; give another name");
    }
    var scoring =
        new Scoring(
            data.files(allChoices).with(columns::of).with(chat.turns()),
            scorers,
            Optional.ofNullable(recorded),
            end,
            perToken,
            out,
            mode,
            words);
    Scoring.Outcome outcome;
    try (ConsoleWatch watch = ConsoleWatch.steps(console, "scoring", quiet)) {
      outcome = scoring.run(flags.settings(), watch);
    }
    outcome.remarks().forEach(this::tell);
    return switch (outcome.state()) {
      case WAS_FINISHED -> {
        tell(out + " is complete; nothing to do");
        yield ExitCode.OK;
      }
      case UNFINISHED -> {
        tell(
            outcome.progress()
                + (OutputFile.isStream(out)
                    ? " were written"
                    : " are stored; continue with the same command and --resume"));
        yield ExitCode.FAILED;
      }
      case FINISHED -> {
        tell("wrote " + OutputFile.shown(out) + ": " + scoring.summary(outcome));
        yield ExitCode.OK;
      }
    };
  }

  private void tell(String line) {
    if (!quiet) {
      console.tell(line);
    }
  }
}
