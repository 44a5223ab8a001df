package io.tailwalk.cli.coverage;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.StudyOptions;
import io.tailwalk.runs.checkpoints.Scores;
import io.tailwalk.runs.work.Study;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Coverage profiles from score tables. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compute each model's coverage profile from score tables: the share of responses that it"
          + " under-weights by a factor N or more against the distribution they were drawn from, with a band"
          + " that holds at all N at once; cross-entropy and KL beside it.",
      "Without that distribution's log-probabilities no profile is identified and none is given: compare the"
          + " models with select."
    })
public final class ProfileCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Mixin private final TableOptions table = new TableOptions();

  @Option(
      names = "--reference",
      paramLabel = "COLUMN|MODEL",
      description =
          "Where the log-probability under the distribution of the responses stands: a column, or a model of"
              + " the table. Default: the column reference_log_prob, if there is one.")
  private @Nullable String reference;

  @Option(
      names = {"--n", "--ns"},
      split = ",",
      paramLabel = "N[,N...]",
      description = "The factors N. Default: 1 to 65536 in steps of a factor sqrt(2).")
  private List<Double> factors = new ArrayList<>();

  @Mixin private final StudyOptions study = new StudyOptions();

  /**
   * Shows on the given console.
   *
   * @param words the command line, for the record
   */
  public ProfileCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    table.check();
    double[] ns = Factors.of("--ns", factors);
    study.prepare();
    Scores.ProfileQuestion question = table.of(Scores.read(table.scores()).profile());
    if (ns.length > 0) {
      question = question.n(ns);
    }
    Study answer = (reference == null ? question : question.reference(reference)).study(words);
    study.show(console, answer);
    if (!study.quiet()) {
      answer.warnings().forEach(console::tell);
    }
    return ExitCode.OK;
  }
}
