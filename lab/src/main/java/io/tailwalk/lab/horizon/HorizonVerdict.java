package io.tailwalk.lab.horizon;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tailwalk.lab.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether KL at the end of training grows with H and coverage does not.
 *
 * <p>If everything except the rule of the second class (weight w) is learned, KL is {@code w (H/2)
 * ln 2}, with slope {@code w ln 2 / 2}, and {@code Cov_16} is w. The slope is estimated by least
 * squares, its standard error from those of the KLs over held-out prompts. Coverage is compared
 * between all pairs of horizons at once (Bonferroni); if it grew in proportion to H as KL does, it
 * would differ by {@code w (longest / shortest - 1)} between the ends, and half of this difference
 * is the margin.
 *
 * @param slope slope of KL in H, nats per layer
 * @param slopeError standard error of the slope
 * @param expectedSlope slope if only the rule is not learned
 * @param largestDifference difference of coverage between two horizons whose interval reaches
 *     farthest from 0
 * @param margin upper limit of the far end of this interval
 * @param largestDrift change of KL in the last quarter of training, as a share of the KL at the end
 */
record HorizonVerdict(
    double slope,
    double slopeError,
    double expectedSlope,
    Difference largestDifference,
    double margin,
    double largestDrift)
    implements Verdict {
  /** Least ratio of the slope to the expected slope. */
  static final double LEAST_SHARE = 0.5;

  /**
   * Largest ratio of the slope to the expected slope; a steeper slope means that more than the rule
   * is not learned, and that KL shows a failure to read the graph.
   */
  static final double MOST_SHARE = 3;

  /** Largest change of KL in the last quarter of training, relative to its final value. */
  static final double MOST_DRIFT = 0.25;

  /** Two-sided 95% of a normal distribution. */
  private static final double NORMAL = 1.959964;

  /** Two-sided 95% for three comparisons at once, {@code 1 - 0.05 / 6}. */
  private static final double NORMAL_OF_THREE = 2.393980;

  /**
   * A difference of coverage.
   *
   * @param shorter smaller H
   * @param longer larger H
   * @param value coverage at the larger H minus coverage at the smaller H
   * @param halfWidth half-width of the interval, simultaneous over all pairs
   */
  record Difference(
      int shorter, int longer, @JsonProperty("difference") double value, double halfWidth) {
    /** Absolute value of the end of the interval that is farther from 0. */
    double farEnd() {
      return Math.abs(value) + halfWidth;
    }
  }

  /**
   * Makes the verdict of three courses by ascending H.
   *
   * @param weight weight of the class whose rule is not learned
   */
  static HorizonVerdict of(List<HorizonCourse> courses, double weight) {
    if (courses.size() != 3) {
      throw new IllegalArgumentException("three horizons are compared, got " + courses.size());
    }
    double mean = courses.stream().mapToInt(HorizonCourse::middleLayers).average().orElseThrow();
    double spread = 0;
    for (HorizonCourse course : courses) {
      spread += Math.pow(course.middleLayers() - mean, 2);
    }
    double slope = 0;
    double variance = 0;
    double drift = 0;
    for (HorizonCourse course : courses) {
      double leverage = (course.middleLayers() - mean) / spread;
      slope += leverage * course.last().kl();
      variance += Math.pow(leverage * course.last().klError(), 2);
      double moved = Math.abs(course.last().kl() - course.atThreeQuarters().kl());
      drift = Math.max(drift, moved / course.last().kl());
    }
    double growth =
        (double) courses.getLast().middleLayers() / courses.getFirst().middleLayers() - 1;
    return new HorizonVerdict(
        slope,
        Math.sqrt(variance),
        weight * Math.log(2) / 2,
        largest(courses),
        weight * growth / 2,
        drift);
  }

  private static Difference largest(List<HorizonCourse> courses) {
    List<Difference> all = new ArrayList<>();
    for (int i = 0; i < courses.size(); i++) {
      for (int j = i + 1; j < courses.size(); j++) {
        HorizonPoint one = courses.get(i).last();
        HorizonPoint two = courses.get(j).last();
        all.add(
            new Difference(
                courses.get(i).middleLayers(),
                courses.get(j).middleLayers(),
                two.coverage() - one.coverage(),
                NORMAL_OF_THREE * Math.hypot(one.coverageError(), two.coverageError())));
      }
    }
    return all.stream().max(java.util.Comparator.comparingDouble(Difference::farEnd)).orElseThrow();
  }

  /** Lower end of the slope's 95% interval. */
  double slopeLow() {
    return slope - NORMAL * slopeError;
  }

  /** Upper end of the slope's 95% interval. */
  double slopeHigh() {
    return slope + NORMAL * slopeError;
  }

  /**
   * Whether KL grows: the interval is above 0, and the slope is 0.5 to 3 times the expected slope.
   */
  boolean klGrows() {
    return slopeLow() > 0
        && slope >= LEAST_SHARE * expectedSlope
        && slope <= MOST_SHARE * expectedSlope;
  }

  /** Whether coverage stays constant: every difference, with its interval, is within the margin. */
  boolean coverageStays() {
    return largestDifference.farEnd() < margin;
  }

  /** Whether training has converged. */
  boolean converged() {
    return largestDrift <= MOST_DRIFT;
  }

  @Override
  public boolean holds() {
    return klGrows() && coverageStays() && converged();
  }

  /** Each condition with its figures. */
  @Override
  public List<String> summary() {
    return List.of(
        String.format(
            Locale.ROOT,
            "%s: KL grows by %.4f nats per layer [%.4f, %.4f]; required: above 0, and %.1f to %.0f"
                + " times the %.4f of a rule that is not learned",
            word(klGrows()),
            slope,
            slopeLow(),
            slopeHigh(),
            LEAST_SHARE,
            MOST_SHARE,
            expectedSlope),
        String.format(
            Locale.ROOT,
            "%s: Cov_16 differs most between H=%d and H=%d, by %.4f ± %.4f; required: within %.4f,"
                + " half of the growth in proportion to H",
            word(coverageStays()),
            largestDifference.shorter(),
            largestDifference.longer(),
            largestDifference.value(),
            largestDifference.halfWidth(),
            margin),
        String.format(
            Locale.ROOT,
            "%s: KL changes by at most %.0f%% in the last quarter of training; required: at most"
                + " %.0f%%",
            word(converged()),
            100 * largestDrift,
            100 * MOST_DRIFT));
  }

  private static String word(boolean holds) {
    return holds ? "holds" : "fails";
  }
}
