package io.tailwalk.lab.graph;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tailwalk.coverage.LogRatio;
import io.tailwalk.coverage.stats.SignTest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Coverage at one N over the series, on the judging set: of the base, of the checkpoint that covers
 * most on the choosing set, and of the last checkpoint.
 *
 * @param factor N
 * @param bestIndex index of the checkpoint that covers most on the choosing set; the earliest if
 *     tied
 * @param first coverage of the base model
 * @param bestStep step of the best checkpoint
 * @param least coverage of the best checkpoint
 * @param last coverage of the last checkpoint
 * @param improves p-value of no improvement from the base to the best (sign test)
 * @param worsens p-value of no worsening from the best to the last (sign test)
 */
record CoverageCourse(
    @JsonProperty("n") double factor,
    @JsonIgnore int bestIndex,
    @JsonProperty("base") double first,
    long bestStep,
    @JsonProperty("best") double least,
    double last,
    @JsonProperty("p_best_no_better_than_base") double improves,
    @JsonProperty("p_no_turn") double worsens) {

  static CoverageCourse of(ScoredSeries series, double factor) {
    List<Double> choosing = ScoredSeries.coverage(series.choosing(), factor);
    List<Double> judging = ScoredSeries.coverage(series.judging(), factor);
    int best = choosing.indexOf(Collections.min(choosing));
    int end = series.size() - 1;
    return new CoverageCourse(
        factor,
        best,
        judging.getFirst(),
        series.step(best),
        judging.get(best),
        judging.getLast(),
        likelierUncovered(series, factor, 0, best),
        likelierUncovered(series, factor, end, best));
  }

  /** P-value of the hypothesis that a leaves a response uncovered no more often than b. */
  static double likelierUncovered(ScoredSeries series, double factor, int a, int b) {
    long onlyA = 0;
    long onlyB = 0;
    double threshold = Math.log(factor);
    List<Double> byA = series.judging().get(a).logProbs();
    List<Double> byB = series.judging().get(b).logProbs();
    for (int i = 0; i < byA.size(); i++) {
      // The data distribution has one path per prompt, so the log ratio is -log q.
      boolean missedByA = LogRatio.reaches(-byA.get(i), 0, threshold);
      boolean missedByB = LogRatio.reaches(-byB.get(i), 0, threshold);
      onlyA += missedByA && !missedByB ? 1 : 0;
      onlyB += missedByB && !missedByA ? 1 : 0;
    }
    return SignTest.pValue(onlyA, onlyB);
  }

  /** The course in words. */
  String text() {
    String base = String.format(Locale.ROOT, "%.3f at the base, ", first);
    String middle =
        bestIndex == 0
            ? ""
            : String.format(Locale.ROOT, "%.3f at step %d (%s), ", least, bestStep, p(improves));
    return base + middle + String.format(Locale.ROOT, "%.3f at the end (%s)", last, p(worsens));
  }

  /** A p-value in words; a tiny one may underflow to 0, but is never 0. */
  static String p(double value) {
    return value < 1e-99 ? "p < 1e-99" : String.format(Locale.ROOT, "p = %.2g", value);
  }
}
