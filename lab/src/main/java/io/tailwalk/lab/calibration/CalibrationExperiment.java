package io.tailwalk.lab.calibration;

import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.Finding;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the coverage of every interval of the success probability that samplers print, on random
 * trees with a known success probability. A run of some regimes and samplers is a part of a larger
 * run: see {@link CombinedCalibration}.
 *
 * @param settings size of the run
 */
public record CalibrationExperiment(CalibrationSettings settings) implements Experiment {
  /** The name on the command line. */
  public static final String NAME = "calibration";

  static final String CLAIM =
      "every 95% interval of the success probability contains it in at least 95% of the runs and"
          + " misses it in at most 4% on either side, for every regime, sampler and budget";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String claim() {
    return CLAIM;
  }

  @Override
  public Finding run(Watch watch) {
    List<CalibrationCell> cells = new ArrayList<>();
    List<Regime> regimes = settings.chosenRegimes();
    try (Workers workers = new Workers(settings.threads())) {
      for (int i = 0; i < regimes.size(); i++) {
        int before = i;
        Watch part = (_, _, note) -> watch.at(before, regimes.size(), note);
        cells.addAll(new RegimeStudy(regimes.get(i), settings, workers, part).cells());
      }
    }
    return CalibrationFigures.finding(CalibrationHeader.of(settings), cells);
  }
}
