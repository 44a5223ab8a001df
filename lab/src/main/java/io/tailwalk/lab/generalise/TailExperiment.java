package io.tailwalk.lab.generalise;

import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import io.tailwalk.train.linear.ExactCoverage;
import java.util.ArrayList;
import java.util.List;

/**
 * KL and coverage of maximum likelihood: on the construction of Proposition 3.2 over all data sets,
 * and against the sample size on skills of many lengths.
 *
 * @param settings seed and threads
 * @param sizes sample sizes, ascending
 * @param repeats number of data sets of each size
 */
public record TailExperiment(ExperimentSettings settings, List<Integer> sizes, int repeats)
    implements Experiment {
  /** The levels N of the coverage; log N doubles from level to level. */
  static final double[] LEVELS = {2, 4, 16, 256, 65536};

  private static final int[] HORIZONS = {16, 64, 256, 1024};
  private static final int RARE_N = 64;

  /** Keeps a copy. */
  public TailExperiment {
    sizes = List.copyOf(sizes);
  }

  /** The experiment at the scale of the settings. */
  public TailExperiment(ExperimentSettings settings) {
    this(
        settings,
        settings
            .scale()
            .choose(
                List.of(64, 256, 1024, 4096, 16_384),
                List.of(64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768)),
        settings.scale().choose(12, 64));
  }

  @Override
  public String name() {
    return "tail-generalises-faster";
  }

  @Override
  public String claim() {
    return "for maximum likelihood on exact linear models, KL >= H/(4n) with probability 1/4 while"
        + " no Cov_N grows with H (Prop. 3.2), and Cov_N falls in N like 1/log N or faster and"
        + " needs"
        + " fewer samples at larger N, while KL needs more samples; this illustrates Theorems 4.1"
        + " and 4.2 of arXiv 2510.15020, which has no such figure";
  }

  @Override
  public Finding run(Watch watch) {
    int fits = sizes.size() * repeats;
    var exact = new ExactCoverage(Lengths.problem(settings.seed()));
    RarePrompt[] rare = new RarePrompt[HORIZONS.length];
    List<FitRow> all;
    try (Workers workers = new Workers(settings.threads())) {
      rare =
          workers
              .map(HORIZONS.length, i -> RarePrompt.of(HORIZONS[i], RARE_N, LEVELS))
              .toArray(rare);
      // The largest samples first, so that no thread has a large one left at the end.
      all =
          workers.map(
              fits,
              i ->
                  FitRow.of(
                      exact, size(fits - 1 - i), LEVELS, settings.seed(), repeat(fits - 1 - i)),
              watch,
              i -> size(fits - 1 - i) + " samples");
    }
    List<FitRow> means = new ArrayList<>();
    List<FitRow> ascending = all.reversed();
    for (int i = 0; i < sizes.size(); i++) {
      means.add(FitRow.mean(ascending.subList(i * repeats, (i + 1) * repeats)));
    }
    var verdict = TailVerdict.of(LEVELS, rare, means);
    return Finding.of(
        this,
        verdict,
        TailFigures.json(settings, repeats, rare, means, verdict),
        TailPage.sections(exact.problem(), repeats, rare, means, verdict));
  }

  private int size(int fit) {
    return sizes.get(fit / repeats);
  }

  private int repeat(int fit) {
    return fit % repeats;
  }
}
