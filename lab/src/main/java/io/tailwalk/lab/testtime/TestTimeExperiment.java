package io.tailwalk.lab.testtime;

import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * Token-level SGD with and without updates at test time, and sequence-level SGD, on skills of
 * power-law frequency.
 *
 * @param settings seed and threads
 * @param horizons values of H
 * @param lengths values of T
 * @param repeats training runs per setting
 * @param draws responses per prompt and checkpoint if not all can be enumerated
 */
public record TestTimeExperiment(
    ExperimentSettings settings,
    List<Integer> horizons,
    List<Integer> lengths,
    int repeats,
    int draws)
    implements Experiment {

  /** Keeps copies. */
  public TestTimeExperiment {
    horizons = List.copyOf(horizons);
    lengths = List.copyOf(lengths);
  }

  /** The experiment at the scale of the settings. */
  public TestTimeExperiment(ExperimentSettings settings) {
    this(
        settings,
        settings.scale().choose(List.of(10, 32, 128), List.of(10, 16, 32, 64, 128, 256)),
        settings.scale().choose(List.of(256, 1024), List.of(256, 512, 1024, 2048)),
        settings.scale().choose(3, 6),
        settings.scale().choose(128, 256));
  }

  @Override
  public String name() {
    return "test-time-training";
  }

  @Override
  public String claim() {
    return "on exact linear models, token-level SGD with updates at test time covers better (Cov_"
        + (int) Setting.LEVEL
        + " at most half) than token-level and sequence-level SGD without them at any constant step"
        + " of a grid, and its KL stays within a constant of sqrt(sigma*^2/T) + B^2/T,"
        + " independently"
        + " of H; this illustrates Theorem 6.1 of arXiv 2510.15020, which has no such figure";
  }

  private List<Setting> all() {
    List<Setting> all = new ArrayList<>();
    for (int sequences : lengths) {
      horizons.forEach(horizon -> all.add(new Setting(horizon, sequences)));
    }
    return all;
  }

  @Override
  public Finding run(Watch watch) {
    List<Setting> all = all();
    List<Setting.Run> runs;
    try (Workers workers = new Workers(settings.threads())) {
      runs =
          workers.map(
              all.size() * repeats,
              piece -> all.get(piece / repeats).run(settings.seed(), piece % repeats, draws),
              watch,
              piece -> {
                Setting setting = all.get(piece / repeats);
                return "H=" + setting.horizon() + " T=" + setting.sequences();
              });
    }
    List<Setting.Run> means = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      means.add(Setting.Run.mean(runs.subList(i * repeats, (i + 1) * repeats)));
    }
    double[] rates = all.stream().mapToDouble(setting -> setting.rate(settings.seed())).toArray();
    var verdict = TestTimeVerdict.of(all, means, rates);
    return Finding.of(
        this,
        verdict,
        TestTimeFigures.json(this, all, means, rates),
        TestTimePage.sections(this, all, means, rates, verdict));
  }
}
