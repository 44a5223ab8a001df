package io.tailwalk.lab;

import io.tailwalk.lab.bound.BoundExperiment;
import io.tailwalk.lab.exact.AbcExperiment;
import io.tailwalk.lab.exact.DelayExperiment;
import io.tailwalk.lab.generalise.TailExperiment;
import io.tailwalk.lab.masked.MaskedExperiment;
import io.tailwalk.lab.rivals.RivalsExperiment;
import io.tailwalk.lab.steps.StepsExperiment;
import io.tailwalk.lab.testtime.TestTimeExperiment;
import io.tailwalk.lab.testtime.TransformerExperiment;
import java.util.List;
import java.util.function.Function;

/**
 * The experiments that have only the common settings, as the command line offers them. An
 * experiment with flags of its own has a command of its own.
 */
public final class Experiments {
  private static final List<Entry> ALL =
      List.of(
          new Entry(
              "tail-generalises-faster",
              "Measure Cov_N and KL of maximum likelihood against the sample size, on exact linear"
                  + " models.",
              TailExperiment::new),
          new Entry(
              "sgd-vs-normalised",
              "Compare plain, normalised, Adam and truncated steps on a problem on which constant"
                  + " plain steps fail.",
              StepsExperiment::new),
          new Entry(
              "test-time-training",
              "Compare token-level SGD with updates at test time and training without them.",
              TestTimeExperiment::new),
          new Entry(
              "test-time-training-transformer",
              "Train a small transformer by token steps, and compare it with and without updates at"
                  + " test time.",
              TransformerExperiment::new),
          new Entry(
              "bound-check",
              "Check Best-of-N and divergences against the bounds from coverage, on exact"
                  + " distributions.",
              BoundExperiment::new),
          new Entry(
              "abc",
              "Compare value-guided backtracking and action-level sampling with values that err:"
                  + " total variation and divergence against the length (arXiv 2510.03149, Example"
                  + " 3.1).",
              AbcExperiment::new),
          new Entry(
              "delay",
              "Compare value-guided backtracking and action-level sampling with a value that lags"
                  + " one letter behind (arXiv 2510.03149, Example 3.2).",
              DelayExperiment::new),
          new Entry(
              "masked",
              "Compare value-guided backtracking on masked sequences, revealed in any order, with"
                  + " descents and best-of-N at equal cost (arXiv 2606.28301).",
              MaskedExperiment::new),
          new Entry(
              "rivals",
              "Compare value-guided backtracking with chains that redraw suffixes and particles"
                  + " that look ahead, at equal model tokens (arXiv 2504.03790, 2604.16453).",
              RivalsExperiment::new));

  private Experiments() {}

  /**
   * An experiment by name.
   *
   * @param name name on the command line and of the experiment itself
   * @param about description for the list of experiments, one sentence
   * @param maker makes the experiment; cheap, since the work is done when it runs
   */
  public record Entry(String name, String about, Function<ExperimentSettings, Experiment> maker) {

    /** The experiment with settings. */
    public Experiment with(ExperimentSettings settings) {
      return maker.apply(settings);
    }
  }

  /** All experiments, in the order of the help. */
  public static List<Entry> all() {
    return ALL;
  }
}
