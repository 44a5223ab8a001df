package io.tailwalk.lab.graph;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tailwalk.coverage.stats.RatioEstimate;
import io.tailwalk.lab.Verdict;
import io.tailwalk.train.evaluate.CoverageReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The parts of the claim on a scored series, all at one N that was fixed before any run: {@link
 * #ATTEMPTS}. Checkpoints are chosen on one set of held-out prompts and judged on another, so that
 * no choice is favoured by its own selection.
 *
 * @param falls whether cross-entropy falls throughout
 * @param coverage course of Cov_{N/2}: the base, the checkpoint that covers most, the last
 * @param rise pass@N of the checkpoint that covers most minus that of the base
 * @param fall pass@N of the checkpoint that covers most minus that of the last
 * @param follows rank correlations of pass@N with coverage, for each N of the figure
 * @param choice the two chosen checkpoints
 * @param overCrossEntropy pass@N of the tournament's checkpoint minus that of the checkpoint with
 *     the lowest cross-entropy
 * @param overBase pass@N of the tournament's checkpoint minus that of the base
 * @param summary the parts in words
 */
record CeVerdict(
    boolean falls,
    CoverageCourse coverage,
    Gain rise,
    Gain fall,
    List<Follows> follows,
    Choice choice,
    Gain overCrossEntropy,
    Gain overBase,
    List<String> summary)
    implements Verdict {
  /** N: number of attempts, of which one has to be right. */
  static final int ATTEMPTS = 16;

  /**
   * N/2, the factor whose coverage the paper's figure compares with pass@N; also the factor of the
   * tournament.
   */
  static final double FACTOR = ScoredSeries.factorFor(ATTEMPTS);

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
   * @param n the factor of coverage, N/2
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
      return coverage <= -0.5 && coverage < -Math.abs(kl);
    }
  }

  static CeVerdict of(ScoredSeries series) {
    Choice choice = Choice.of(series.choosing(), FACTOR);
    CoverageCourse coverage = CoverageCourse.of(series, FACTOR);
    int last = series.size() - 1;
    List<Follows> follows = ScoredSeries.ATTEMPTS.stream().map(n -> follows(series, n)).toList();
    var verdict =
        new CeVerdict(
            falls(series.judging()),
            coverage,
            Gain.of(series, coverage.bestIndex(), 0, ATTEMPTS),
            Gain.of(series, coverage.bestIndex(), last, ATTEMPTS),
            follows,
            choice,
            Gain.of(series, choice.tournament(), choice.crossEntropy(), ATTEMPTS),
            Gain.of(series, choice.tournament(), 0, ATTEMPTS),
            List.of());
    return verdict.withSummary(CeSummary.of(series, verdict));
  }

  private CeVerdict withSummary(List<String> lines) {
    return new CeVerdict(
        falls, coverage, rise, fall, follows, choice, overCrossEntropy, overBase, lines);
  }

  private static Follows follows(ScoredSeries series, int attempts) {
    List<Double> pass = series.pass(attempts);
    double factor = ScoredSeries.factorFor(attempts);
    return new Follows(
        attempts,
        factor,
        RankCorrelation.of(ScoredSeries.coverage(series.judging(), factor), pass),
        RankCorrelation.of(series.kl(), pass));
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
    double[] fell = logProbs(reports.getLast());
    double[] first = logProbs(reports.getFirst());
    Arrays.setAll(fell, i -> fell[i] == first[i] ? 0 : fell[i] - first[i]);
    double[] ones = new double[fell.length];
    Arrays.fill(ones, 1);
    return RatioEstimate.of(fell, ones).interval(DELTA).low() > 0;
  }

  private static double[] logProbs(CoverageReport report) {
    return report.logProbs().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Whether all parts hold. */
  @Override
  public boolean holds() {
    return falls && coverageTurns() && passTurns() && followsHolds() && choiceHolds();
  }

  /** Whether coverage improves from the base and then worsens, both significantly. */
  boolean coverageTurns() {
    return coverage.improves() <= DELTA / 2 && coverage.worsens() <= DELTA / 2;
  }

  /** Whether pass@N rises and falls with it. */
  boolean passTurns() {
    return rise.isPositive() && fall.isPositive();
  }

  /** Whether pass@N follows coverage over the checkpoints, and more closely than KL. */
  boolean followsHolds() {
    return follows.stream().filter(f -> f.attempts() == ATTEMPTS).allMatch(Follows::holds);
  }

  /** Whether the tournament's checkpoint beats that of cross-entropy and the base. */
  boolean choiceHolds() {
    return overCrossEntropy.isPositive() && overBase.isPositive();
  }

  /** A factor without unnecessary digits. */
  static String plain(double factor) {
    return factor == Math.rint(factor)
        ? Long.toString((long) factor)
        : String.format(Locale.ROOT, "%s", factor);
  }

  /** Names of the parts that do not hold, for the summary. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (!falls) {
      faults.add("cross-entropy does not fall throughout");
    }
    if (!coverageTurns()) {
      faults.add("coverage does not improve and then worsen");
    }
    if (!passTurns()) {
      faults.add("pass@" + ATTEMPTS + " does not rise and fall with it");
    }
    if (!followsHolds()) {
      faults.add("pass@" + ATTEMPTS + " does not follow coverage more closely than KL");
    }
    if (!choiceHolds()) {
      faults.add("the tournament's checkpoint does not beat both others");
    }
    return faults;
  }
}
