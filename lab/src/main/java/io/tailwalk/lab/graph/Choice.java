package io.tailwalk.lab.graph;

import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.coverage.tournament.Candidate;
import io.tailwalk.coverage.tournament.TournamentAggregate;
import io.tailwalk.coverage.tournament.TournamentResult;
import io.tailwalk.train.evaluate.CoverageReport;
import java.util.List;

/**
 * Two choices among the checkpoints, from the same held-out responses: by the tournament (arXiv
 * 2510.15020, eq. 29), which uses no reference, and by cross-entropy.
 *
 * @param tournament index of the tournament's checkpoint
 * @param crossEntropy index of the checkpoint with the lowest cross-entropy
 * @param result the tournament
 */
record Choice(int tournament, int crossEntropy, TournamentResult result) {

  /**
   * Makes both choices.
   *
   * @param factor factor of the tournament
   */
  static Choice of(List<CoverageReport> reports, double factor) {
    List<String> names = reports.stream().map(report -> Long.toString(report.step())).toList();
    var tournament = TournamentAggregate.overIndependentRows(names, NGrid.of(factor));
    int rows = reports.getFirst().logProbs().size();
    for (int row = 0; row < rows; row++) {
      double[] logProbs = new double[names.size()];
      for (int i = 0; i < logProbs.length; i++) {
        logProbs[i] = reports.get(i).logProbs().get(row);
      }
      tournament.add(row, logProbs);
    }
    TournamentResult result =
        tournament.results(PromptSizes.independent(rows), Confidence.standard()).getFirst();
    return new Choice(
        index(names, result.winner()), index(names, result.crossEntropyChoice()), result);
  }

  private static int index(List<String> names, Candidate candidate) {
    return names.indexOf(candidate.model());
  }
}
