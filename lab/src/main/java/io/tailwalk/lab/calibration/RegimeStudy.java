package io.tailwalk.lab.calibration;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.builtin.tree.ArrayTree;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.PrintedInterval;
import io.tailwalk.lab.Problems;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import io.tailwalk.sampling.RunOptions;
import java.util.ArrayList;
import java.util.List;

/** Measures all cells of one regime. Run i is on tree i modulo the number of trees. */
final class RegimeStudy {
  /** Steps of a run per node of its budget: a completely known tree costs no more nodes. */
  private static final int STEPS_A_NODE = 8;

  /** Keys of the random streams for the first and the fresh runs. */
  private static final long RUNS = 2;

  private static final long FRESH_RUNS = 3;

  private final Regime regime;
  private final CalibrationSettings settings;
  private final Workers workers;
  private final Watch watch;
  private final List<Truth> truths;

  /** A tree as a problem, and its Z. */
  private record Truth(Problem problem, double z) {
    static Truth of(ArrayTree tree) {
      return new Truth(tree.problem(), Math.exp(tree.logZ()));
    }
  }

  /** A piece of work: the runs of a contender on one tree. */
  private record Piece(Contender contender, int budget, int tree, int runs, long purpose) {}

  RegimeStudy(Regime regime, CalibrationSettings settings, Workers workers, Watch watch) {
    this.regime = regime;
    this.settings = settings;
    this.workers = workers;
    this.watch = watch;
    this.truths =
        workers.map(
            settings.trees(),
            tree -> Truth.of(regime.tree(settings.seed(), tree)),
            watch,
            _ -> regime.name() + ", trees");
  }

  /** The cells of all contenders and budgets; suspect cells have fresh runs. */
  List<CalibrationCell> cells() {
    List<Contender> judged = settings.judged();
    List<Contender> all = new ArrayList<>(judged);
    if (!judged.contains(Contender.FORMER)) {
      all.add(Contender.FORMER);
    }
    List<CalibrationCell> cells = new ArrayList<>();
    for (int budget : settings.budgets()) {
      List<List<PrintedInterval>> outcomes = outcomes(all, budget, settings.repeats(), RUNS);
      List<PrintedInterval> former = outcomes.get(all.indexOf(Contender.FORMER));
      List<CalibrationCell> first = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        var key = new CellKey(regime.name(), all.get(i).name(), budget);
        boolean isJudged = judged.contains(all.get(i));
        first.add(CalibrationCell.of(key, isJudged, outcomes.get(i), former));
      }
      cells.addAll(rechecked(first, all, budget));
    }
    return cells.stream().filter(CalibrationCell::speaks).toList();
  }

  private List<CalibrationCell> rechecked(
      List<CalibrationCell> cells, List<Contender> contenders, int budget) {
    List<CalibrationCell> result = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      CalibrationCell cell = cells.get(i);
      if (cell.isSuspect() && settings.freshRuns() > 0) {
        List<Contender> one = List.of(contenders.get(i));
        List<PrintedInterval> fresh =
            outcomes(one, budget, settings.freshRuns(), FRESH_RUNS).getFirst();
        cell = cell.rechecked(Misses.of(fresh));
      }
      result.add(cell);
    }
    return result;
  }

  /** The outcomes of each contender, run by run. */
  private List<List<PrintedInterval>> outcomes(
      List<Contender> contenders, int budget, int runs, long purpose) {
    int trees = truths.size();
    List<Piece> pieces = new ArrayList<>();
    for (Contender contender : contenders) {
      for (int tree = 0; tree < trees; tree++) {
        pieces.add(new Piece(contender, budget, tree, runs, purpose));
      }
    }
    List<List<PrintedInterval>> found =
        workers.map(
            pieces.size(),
            i -> outcomes(pieces.get(i)),
            watch,
            i -> regime.name() + ", " + pieces.get(i).contender().name() + " at " + budget);
    List<List<PrintedInterval>> byContender = new ArrayList<>();
    for (int c = 0; c < contenders.size(); c++) {
      List<PrintedInterval> inOrder = new ArrayList<>();
      for (int run = 0; run < runs; run++) {
        inOrder.add(found.get(c * trees + run % trees).get(run / trees));
      }
      byContender.add(inOrder);
    }
    return byContender;
  }

  private List<PrintedInterval> outcomes(Piece piece) {
    List<PrintedInterval> outcomes = new ArrayList<>();
    Truth truth = truths.get(piece.tree());
    int budget = piece.budget();
    var limits =
        Budget.UNLIMITED
            .withNodes(budget)
            .withModelTokens(budget)
            .withSteps((long) STEPS_A_NODE * budget);
    for (int run = piece.tree(); run < piece.runs(); run += truths.size()) {
      long seed = Streams.key(settings.seed(), piece.purpose(), regime.key(), budget, run);
      RunOptions options = RunOptions.of(1, limits, seed).toTheEndOfTheBudget();
      outcomes.add(
          Problems.with(
              truth.problem(),
              regime.rule(),
              problem ->
                  PrintedInterval.of(piece.contender().run().apply(problem, options), truth.z())));
    }
    return outcomes;
  }
}
