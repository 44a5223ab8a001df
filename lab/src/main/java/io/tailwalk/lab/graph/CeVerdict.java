package io.tailwalk.lab.graph;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.stats.RatioEstimate;
import io.tailwalk.lab.Verdict;
import io.tailwalk.train.evaluate.CoverageReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The four parts of the claim on a scored series. Checkpoints are chosen on one set of held-out
 * prompts and judged on another, so that no choice is favoured by its own selection.
 *
 * @param choice the two chosen checkpoints
 * @param falls whether cross-entropy falls throughout
 * @param turn improvement of coverage at small N and its turn in the tail
 * @param follows rank correlations of pass@N with coverage, for each N of the figure
 * @param gain pass@8 of the tournament's checkpoint minus that of cross-entropy's
 * @param gainInterval 95% interval of the gain, paired by prompt
 * @param summary the parts in words
 */
record CeVerdict(
    Choice choice,
    boolean falls,
    CoverageTurn turn,
    List<Follows> follows,
    double gain,
    Interval gainInterval,
    List<String> summary)
    implements Verdict {
  /** Number of attempts at which the two choices are compared. */
  static final int ATTEMPTS = 8;

  /** Factor of the tournament: the one whose coverage the paper's figure compares with pass@8. */
  static final double TOURNAMENT = ScoredSeries.factorFor(ATTEMPTS);

  /** Factor at which coverage improves. */
  static final double SMALL = 2;

  /** Factor between the two, at which coverage may do both. */
  static final double MIDDLE = 3;

  /** Factor at which coverage turns. */
  static final double TAIL = 8;

  /** Share of the total fall of cross-entropy by which a checkpoint may exceed an earlier one. */
  private static final double RIPPLE = 0.1;

  private static final double DELTA = 0.05;

  /** Keeps copies. */
  CeVerdict {
    follows = List.copyOf(follows);
    summary = List.copyOf(summary);
  }

  /**
   * Rank correlations of pass@N with two predictors over the checkpoints.
   *
   * @param attempts N
   * @param n the factor of coverage, about N/2
   * @param coverage correlation with coverage at this factor; -1 is perfect
   * @param kl correlation with KL
   */
  record Follows(
      int attempts,
      double n,
      @JsonProperty("with_coverage") double coverage,
      @JsonProperty("with_kl") double kl) {
    /** Whether coverage predicts pass@N, and better than KL does. */
    boolean holds() {
      return coverage <= -0.5 && coverage < kl;
    }
  }

  /**
   * Coverage over the series, on the judging set.
   *
   * @param small {@link CeVerdict#SMALL}
   * @param smallFirst coverage of the base model at this factor
   * @param smallLast coverage of the last checkpoint at this factor
   * @param improves p-value of no improvement between the two
   * @param tail coverage at {@link CeVerdict#TAIL}
   * @param middle coverage at {@link CeVerdict#MIDDLE}; shown, but not part of the verdict
   */
  record CoverageTurn(
      @JsonProperty("improves_n") double small,
      @JsonProperty("improves_from") double smallFirst,
      @JsonProperty("improves_to") double smallLast,
      @JsonProperty("p_no_improvement") double improves,
      @JsonUnwrapped CoverageCourse tail,
      @JsonProperty("between") CoverageCourse middle) {
    boolean holds() {
      return improves <= DELTA / 2 && tail.worsens() <= DELTA / 2;
    }
  }

  static CeVerdict of(ScoredSeries series) {
    Choice choice = Choice.of(series.choosing(), TOURNAMENT);
    boolean falls = falls(series.judging());
    CoverageTurn turn = turn(series);
    List<Follows> follows = new ArrayList<>();
    for (int attempts : ScoredSeries.ATTEMPTS) {
      List<Double> pass = series.pass(attempts);
      double factor = ScoredSeries.factorFor(attempts);
      List<Double> coverage = ScoredSeries.coverage(series.judging(), factor);
      follows.add(
          new Follows(
              attempts,
              factor,
              RankCorrelation.of(coverage, pass),
              RankCorrelation.of(series.kl(), pass)));
    }
    RatioEstimate gain =
        difference(
            series.passByPrompt(choice.tournament(), ATTEMPTS),
            series.passByPrompt(choice.crossEntropy(), ATTEMPTS));
    Interval interval =
        choice.tournament() == choice.crossEntropy()
            ? Interval.exactly(0)
            : gain.interval(DELTA).within(-1, 1);
    return new CeVerdict(
        choice,
        falls,
        turn,
        follows,
        gain.value(),
        interval,
        summary(series, choice, falls, turn, follows, gain.value(), interval));
  }

  /**
   * Whether no checkpoint exceeds an earlier one by more than a small share of the total fall, and
   * the total fall is significant at 95%.
   */
  static boolean falls(List<CoverageReport> reports) {
    double fall = reports.getFirst().crossEntropy() - reports.getLast().crossEntropy();
    double lowest = Double.POSITIVE_INFINITY;
    for (CoverageReport report : reports) {
      lowest = Math.min(lowest, report.crossEntropy());
      if (report.crossEntropy() - lowest > RIPPLE * fall) {
        return false;
      }
    }
    return fallOf(reports, 0, reports.size() - 1).interval(DELTA).low() > 0;
  }

  /** Fall of cross-entropy from one checkpoint to another, nats. */
  private static RatioEstimate fallOf(List<CoverageReport> reports, int earlier, int later) {
    return difference(logProbs(reports.get(later)), logProbs(reports.get(earlier)));
  }

  private static double[] logProbs(CoverageReport report) {
    return report.logProbs().stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static RatioEstimate difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    Arrays.setAll(difference, i -> a[i] == b[i] ? 0 : a[i] - b[i]);
    double[] ones = new double[a.length];
    Arrays.fill(ones, 1);
    return RatioEstimate.of(difference, ones);
  }

  private static CoverageTurn turn(ScoredSeries series) {
    List<Double> small = ScoredSeries.coverage(series.judging(), SMALL);
    return new CoverageTurn(
        SMALL,
        small.getFirst(),
        small.getLast(),
        CoverageCourse.likelierUncovered(series, SMALL, 0, series.size() - 1),
        CoverageCourse.of(series, TAIL),
        CoverageCourse.of(series, MIDDLE));
  }

  /** Whether all four parts hold. */
  @Override
  public boolean holds() {
    return falls && turn.holds() && followsHolds() && gainInterval.low() > 0;
  }

  /** Whether pass@N follows coverage rather than KL at the two larger N. */
  boolean followsHolds() {
    return follows.stream().filter(f -> f.attempts() > ATTEMPTS).allMatch(Follows::holds);
  }

  private static List<String> summary(
      ScoredSeries series,
      Choice choice,
      boolean falls,
      CoverageTurn turn,
      List<Follows> follows,
      double gain,
      Interval interval) {
    List<String> summary = new ArrayList<>();
    summary.add(
        String.format(
            Locale.ROOT,
            "KL %s: %.3f nats at the base, %.3f at the end",
            falls ? "falls throughout" : "does not fall throughout",
            series.kl().getFirst(),
            series.kl().getLast()));
    summary.add(
        String.format(
            Locale.ROOT,
            "Cov_%.0f %s: %.3f at the base, %.3f at the end (%s)",
            SMALL,
            turn.improves() <= DELTA / 2 ? "improves" : "does not improve",
            turn.smallFirst(),
            turn.smallLast(),
            CoverageCourse.p(turn.improves())));
    summary.add(String.format(Locale.ROOT, "Cov_%.0f: %s", MIDDLE, turn.middle().text()));
    summary.add(
        String.format(
            Locale.ROOT,
            "Cov_%.0f %s: %s",
            TAIL,
            turn.tail().worsens() <= DELTA / 2 ? "turns" : "does not turn",
            turn.tail().text()));
    for (Follows f : follows) {
      summary.add(
          String.format(
              Locale.ROOT,
              "pass@%d: rank correlation %.2f with Cov_%s, %.2f with KL",
              f.attempts(),
              f.coverage(),
              plain(f.n()),
              f.kl()));
    }
    summary.add(
        String.format(
            Locale.ROOT,
            "pass@%d of the tournament's checkpoint (step %d) minus that of the checkpoint with the"
                + " lowest cross-entropy (step %d): %.4f [%.4f, %.4f] on %,d held-out prompts",
            ATTEMPTS,
            series.step(choice.tournament()),
            series.step(choice.crossEntropy()),
            gain,
            interval.low(),
            interval.high(),
            series.judgingPrompts()));
    return summary;
  }

  /** A factor without unnecessary digits. */
  static String plain(double factor) {
    return factor == Math.rint(factor) ? Long.toString((long) factor) : Double.toString(factor);
  }
}
