package io.tailwalk.lab.steps;

import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Plain, normalised, Adam and truncated steps on a construction on which large steps oscillate,
 * over grids of constant step sizes.
 *
 * @param settings seed and threads
 * @param horizons values of H at T = 4096
 * @param lengths values of T at H = 256
 * @param repeats training runs per setting, method and step size
 */
public record StepsExperiment(
    ExperimentSettings settings, List<Integer> horizons, List<Integer> lengths, int repeats)
    implements Experiment {
  private static final int SEQUENCES = 4096;
  private static final int HORIZON = 256;

  /** Keeps copies. */
  public StepsExperiment {
    horizons = List.copyOf(horizons);
    lengths = List.copyOf(lengths);
  }

  /** The experiment at the scale of the settings. */
  public StepsExperiment(ExperimentSettings settings) {
    this(
        settings,
        settings
            .scale()
            .choose(List.of(32, 64, 128, 256, 512), List.of(16, 32, 64, 128, 256, 512, 1024)),
        settings
            .scale()
            .choose(List.of(2048, 4096, 8192), List.of(2048, 4096, 8192, 16_384, 32_768)),
        settings.scale().choose(4, 12));
  }

  @Override
  public String name() {
    return "sgd-vs-normalised";
  }

  @Override
  public String claim() {
    return "sequence-level SGD covers no better than c min{H/(T log N), 1} at the best of a grid of"
        + " constant steps, while normalised SGD and Adam at one step for all H (and a gradient"
        + " truncated at log N, with a teacher) cover several times better; this illustrates"
        + " Prop. 5.1, Theorem 5.1 and Equations 24 to 27 of arXiv 2510.15020 on a construction of"
        + " our own; the paper has no such figure and proves no result for Adam";
  }

  private List<Setting> all() {
    return Stream.concat(
            horizons.stream().map(h -> new Setting(h, SEQUENCES)),
            lengths.stream().map(t -> new Setting(HORIZON, t)))
        .toList();
  }

  @Override
  public Finding run(Watch watch) {
    List<Setting> all = all();
    Method[] methods = Method.values();
    int pieces = all.size() * methods.length * repeats;
    List<double[]> rows;
    try (Workers workers = new Workers(settings.threads())) {
      rows =
          workers.map(
              pieces,
              piece ->
                  all.get(piece / repeats / methods.length)
                      .coverage(
                          methods[piece / repeats % methods.length],
                          settings.seed(),
                          piece % repeats),
              watch,
              piece -> note(all.get(piece / repeats / methods.length), methods, piece));
    }
    Outcomes overH = outcomes(all.subList(0, horizons.size()), rows, 0);
    Outcomes overT = outcomes(all.subList(horizons.size(), all.size()), rows, horizons.size());
    var verdict = StepsVerdict.of(overH, overT);
    return Finding.of(
        this,
        verdict,
        StepsFigures.json(settings, repeats, overH, overT),
        StepsPage.sections(verdict, repeats, overH, overT));
  }

  private String note(Setting setting, Method[] methods, int piece) {
    return "H="
        + setting.horizon()
        + " T="
        + setting.sequences()
        + ", "
        + methods[piece / repeats % methods.length].label();
  }

  private Outcomes outcomes(List<Setting> part, List<double[]> rows, int first) {
    Method[] methods = Method.values();
    Map<Method, double[][]> coverage = new EnumMap<>(Method.class);
    for (int place = 0; place < methods.length; place++) {
      double[][] of = new double[part.size()][];
      for (int i = 0; i < of.length; i++) {
        int piece = ((first + i) * methods.length + place) * repeats;
        of[i] = mean(rows.subList(piece, piece + repeats));
      }
      coverage.put(methods[place], of);
    }
    return new Outcomes(new ArrayList<>(part), coverage);
  }

  private static double[] mean(List<double[]> rows) {
    double[] mean = new double[rows.getFirst().length];
    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / rows.size();
      }
    }
    return mean;
  }
}
