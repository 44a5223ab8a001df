package io.tailwalk.lab.ess;

import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.Finding;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * Error at equal cost on trees of balanced brackets. The values are exact values times errors of
 * known size, the same for all samplers. The error is the root mean squared error of the number of
 * open brackets at half the length, in standard deviations of the target; the cost is the number of
 * expanded nodes.
 *
 * @param settings size of the run
 */
public record EssExperiment(EssSettings settings) implements Experiment {
  /** Fractions of the full budget at which auto is measured, to find where it equals VGB. */
  private static final double[] SHARES = {1.0 / 4, 1.0 / 10, 1.0 / 25, 1.0 / 60};

  @Override
  public String name() {
    return "ess";
  }

  @Override
  public String claim() {
    return "auto reaches VGB's error with at least "
        + EssVerdict.MEDIAN_SPEEDUP
        + " times fewer nodes in the median cell (lower end of its interval at least "
        + EssVerdict.MEDIAN_LOW
        + ") and at least "
        + EssVerdict.LEAST_SPEEDUP
        + " times fewer in every cell with an error of at most "
        + EssVerdict.MODERATE_ERROR
        + ", and no consistent sampler has an error more than 25% smaller than auto's in any cell";
  }

  @Override
  public Finding run(Watch watch) {
    List<CellResult> results = new ArrayList<>();
    List<DyckCell> cells = settings.cells();
    int total = cells.size() * (Contender.all(2).size() + SHARES.length);
    int done = 0;
    try (Workers workers = new Workers(settings.threads())) {
      var bench = new Bench(workers, settings.repeats(), settings.seed());
      for (DyckCell cell : cells) {
        List<Measurement> all = new ArrayList<>();
        for (Contender contender : Contender.all(cell.length())) {
          watch.step(done++, total, cell.name() + ", " + contender.label());
          all.add(bench.measure(cell, contender, cell.nodes()));
        }
        List<Measurement> curve = new ArrayList<>(List.of(all.getFirst()));
        for (double share : SHARES) {
          long nodes = Math.round(cell.nodes() * share);
          watch.step(done++, total, cell.name() + ", auto at " + nodes);
          curve.add(bench.measure(cell, Contender.AUTO, nodes));
        }
        results.add(new CellResult(cell, all, curve));
      }
    }
    var verdict = EssVerdict.of(results, settings.seed());
    return Finding.of(
        this,
        verdict,
        EssFigures.json(settings, results, verdict),
        EssPage.sections(settings, results, verdict));
  }
}
