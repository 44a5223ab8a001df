package io.tailwalk.runs.checkpoints;

import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.paired.PairAggregate;
import io.tailwalk.coverage.paired.PairDifference;
import io.tailwalk.coverage.profile.ImprobableAggregate;
import io.tailwalk.coverage.profile.ImprobableShare;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.coverage.tournament.TournamentAggregate;
import io.tailwalk.coverage.tournament.TournamentResult;
import io.tailwalk.tables.scores.ScoreTable;
import java.util.List;
import java.util.Optional;

/**
 * Gathers the tournament, the shares of improbable responses and, for two models, their paired
 * differences in one pass over a table.
 */
final class Contest {
  private final TournamentAggregate tournament;
  private final ImprobableAggregate improbable;
  private final Optional<PairAggregate> pair;

  /**
   * What the rows show.
   *
   * @param results one per factor, in the order of the factors
   * @param improbable shares of responses of probability at most 1/N, by model and factor
   * @param difference of two models; empty if there are more
   */
  record Held(
      List<TournamentResult> results,
      List<ImprobableShare> improbable,
      Optional<PairDifference> difference) {}

  private Contest(List<String> models, NGrid grid, boolean byRow) {
    this.tournament =
        byRow
            ? TournamentAggregate.overIndependentRows(models, grid)
            : TournamentAggregate.overPrompts(models, grid);
    this.improbable = new ImprobableAggregate(models, grid);
    this.pair =
        models.size() == 2 ? Optional.of(new PairAggregate(models, grid)) : Optional.empty();
  }

  static Held hold(
      ScoreTable table,
      PromptSizes sizes,
      NGrid grid,
      List<Double> factors,
      Confidence confidence) {
    boolean byRow = sizes.rowsAreIndependent();
    Contest contest =
        Parts.gather(
            table,
            () -> new Contest(table.models(), grid, byRow),
            (part, row) -> part.add(byRow ? row.exampleKey() : row.promptKey(), row.logProbs()),
            Contest::merge);
    List<TournamentResult> bySize = contest.tournament.results(sizes, confidence);
    List<TournamentResult> asked =
        factors.stream()
            .map(n -> bySize.stream().filter(result -> result.n() == n).findFirst().orElseThrow())
            .toList();
    return new Held(
        asked,
        contest.improbable.shares(sizes, confidence),
        contest.pair.map(each -> each.result(sizes, confidence.delta())));
  }

  private void add(long key, double[] logProbs) {
    tournament.add(key, logProbs);
    improbable.add(key, logProbs);
    pair.ifPresent(each -> each.add(key, logProbs));
  }

  private void merge(Contest other) {
    tournament.merge(other.tournament);
    improbable.merge(other.improbable);
    pair.ifPresent(each -> each.merge(other.pair.orElseThrow()));
  }
}
