package io.tailwalk.cli.coverage;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.Require;
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

/** Command {@code profile}: computes coverage profiles from score tables. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compute the coverage profile of each model from score tables: the share of responses that"
          + " the model under-weights by a factor of N or more relative to the distribution that"
          + " they were drawn from, with a band that is valid at all N at once. Also compute"
          + " cross-entropy, KL divergence and likelihood quantiles.",
      "Without the log-probabilities under that distribution, no profile is identified and none is"
          + " reported; compare the models with select instead."
    })
public final class ProfileCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Mixin private final TableOptions table = new TableOptions();

  @Option(
      names = "--reference",
      paramLabel = "COLUMN|MODEL",
      description =
          "Source of the log-probability under the distribution of the responses: a column or a"
              + " model of the table. Default: the column reference_log_prob, if it exists.")
  private @Nullable String reference;

  @Option(
      names = {"--n", "--ns"},
      split = ",",
      paramLabel = "N[,N...]",
      hideParamSyntax = true,
      description = "Factors N. Default: 1 to 65536 in steps of a factor sqrt(2).")
  private List<Double> factors = new ArrayList<>();

  @Option(
      names = "--quantiles",
      split = ",",
      paramLabel = "E[,E...]",
      hideParamSyntax = true,
      description =
          "Shares epsilon of the likelihood quantiles: all but a share epsilon of the responses have"
              + " at least that log-probability. Default: 0.01, 0.05, 0.1 and 0.5.")
  private List<Double> shares = new ArrayList<>();

  @Mixin private final StudyOptions study = new StudyOptions();

  /**
   * Creates the command with output to the given console.
   *
   * @param words the command line, stored in the run record
   */
  public ProfileCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    table.check();
    double[] ns = Factors.of("--ns", factors);
    shares.forEach(share -> Require.probability("--quantiles", share));
    study.prepare();
    Scores.ProfileQuestion question = table.of(table.scores().profile());
    if (ns.length > 0) {
      question = question.n(ns);
    }
    if (!shares.isEmpty()) {
      question = question.quantiles(shares.stream().mapToDouble(Double::doubleValue).toArray());
    }
    Study answer = (reference == null ? question : question.reference(reference)).study(words);
    study.show(console, answer);
    if (!study.quiet()) {
      answer.warnings().forEach(console::tell);
    }
    return ExitCode.OK;
  }
}
