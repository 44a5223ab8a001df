package io.tailwalk.coverage.passk;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.CoverageException;

/**
 * The estimated success probability Z of one prompt: the probability that one draw of the model
 * passes.
 *
 * @param promptId the prompt
 * @param value the estimate, in [0, 1]
 * @param interval the interval of Z, within [0, 1]
 * @param standardError of the estimate; 0 if Z is known, NaN if it is unknown
 * @param bias of the estimate
 */
public record PromptSuccess(
    String promptId, double value, Interval interval, double standardError, Bias bias) {
  /**
   * Ends of a completely known tree are rounded outwards by 1e-10, and by more for a very deep
   * tree.
   */
  private static final double ROUNDING = 1e-7;

  /** Checks the order and the range. */
  public PromptSuccess {
    if (!(0 <= interval.low() && interval.contains(value) && interval.high() <= 1)
        || standardError < 0) {
      throw new CoverageException(
          "prompt %s has success probability %s [%s, %s]; it must lie in [0, 1], in order"
              .formatted(promptId, value, interval.low(), interval.high()));
    }
  }

  /** A known success probability. */
  public static PromptSuccess known(String promptId, double success) {
    return new PromptSuccess(promptId, success, Interval.exactly(success), 0, Bias.NONE);
  }

  /**
   * From an estimate that may be outside [0, 1]. Ends outside become 0 and 1, which are certain. An
   * interval of width zero whose ends are not certain is uninformative and becomes [0, 1].
   *
   * @throws CoverageException if the complete interval is above 1: it is then a mean reward, from
   *     which no pass@k follows
   */
  public static PromptSuccess clamped(
      String promptId, double value, Interval interval, double standardError, Bias bias) {
    if (Double.isNaN(value) || interval.high() < 0 || interval.low() > 1) {
      throw new CoverageException(
          "prompt %s has success probability %s [%s, %s]; beyond [0, 1] it is a mean reward, from which no pass@k follows"
              .formatted(promptId, value, interval.low(), interval.high()));
    }
    Interval ends = interval.within(0, 1);
    boolean certain = ends.lowKind() == EndKind.CERTAIN && ends.highKind() == EndKind.CERTAIN;
    if (ends.width() == 0 && !certain) {
      ends = Interval.certain(0, 1);
    }
    double inside = Math.clamp(value, ends.low(), ends.high());
    return new PromptSuccess(promptId, inside, ends, standardError, bias);
  }

  /** Whether Z is known: both ends are certain and differ at most by the outward rounding. */
  public boolean isKnown() {
    boolean certain =
        interval.lowKind() == EndKind.CERTAIN && interval.highKind() == EndKind.CERTAIN;
    return certain && interval.width() <= ROUNDING * interval.high();
  }
}
