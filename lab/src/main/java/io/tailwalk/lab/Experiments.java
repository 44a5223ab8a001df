package io.tailwalk.lab;

import io.tailwalk.lab.bound.BoundExperiment;
import io.tailwalk.lab.exact.AbcExperiment;
import io.tailwalk.lab.exact.DelayExperiment;
import io.tailwalk.lab.generalise.TailExperiment;
import io.tailwalk.lab.steps.StepsExperiment;
import io.tailwalk.lab.testtime.TestTimeExperiment;
import java.util.List;
import java.util.function.Function;

/**
 * The experiments that take no settings but the common ones, as the command line offers them. One
 * with flags of its own has a command of its own.
 */
public final class Experiments {
  private static final List<Entry> ALL =
      List.of(
          new Entry(
              "tail-generalises-faster",
              "Cov_N and KL of maximum likelihood against sample size, on exact linear models.",
              TailExperiment::new),
          new Entry(
              "sgd-vs-normalised",
              "Plain, normalised, Adam's and truncated steps where constant plain steps fail.",
              StepsExperiment::new),
          new Entry(
              "test-time-training",
              "Token-level SGD with updates at test time against training without them.",
              TestTimeExperiment::new),
          new Entry(
              "bound-check",
              "Best-of-N and divergences against the bounds from coverage, on exact distributions.",
              BoundExperiment::new),
          new Entry(
              "abc",
              "Value-guided backtracking against action-level sampling with values that err: total"
                  + " variation and divergence against the length (arXiv 2510.03149, Example 3.1).",
              AbcExperiment::new),
          new Entry(
              "delay",
              "The same with a value that lags one letter behind (arXiv 2510.03149, Example 3.2).",
              DelayExperiment::new));

  private Experiments() {}

  /**
   * An experiment on offer.
   *
   * @param name on the command line; the experiment's own
   * @param about for the list of experiments, one sentence
   * @param maker makes it; cheap, work is done when it runs
   */
  public record Entry(String name, String about, Function<ExperimentSettings, Experiment> maker) {

    /** The experiment with settings. */
    public Experiment with(ExperimentSettings settings) {
      return maker.apply(settings);
    }
  }

  /** All, in the order of the help. */
  public static List<Entry> all() {
    return ALL;
  }
}
