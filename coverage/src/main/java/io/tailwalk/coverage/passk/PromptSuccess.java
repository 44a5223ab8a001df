package io.tailwalk.coverage.passk;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.CoverageException;

/**
 * What is known of one prompt's success probability Z, the probability that one draw of the model
 * passes.
 *
 * @param promptId the prompt
 * @param value the estimate, in [0, 1]
 * @param interval where Z lies, within [0, 1]
 * @param standardError of the estimate; 0 where Z is known, NaN where nothing tells
 * @param bias of the estimate
 */
public record PromptSuccess(
    String promptId, double value, Interval interval, double standardError, Bias bias) {
  /** Ends of a tree known whole are rounded outwards by 1e-10 and more where it is very deep. */
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

  /** A success probability that is known. */
  public static PromptSuccess known(String promptId, double mass) {
    return new PromptSuccess(promptId, mass, Interval.exactly(mass), 0, Bias.NONE);
  }

  /**
   * From an estimate that may overshoot [0, 1]. Ends beyond become 0 and 1, which are certain. An
   * interval without width whose ends are not certain is no knowledge, and becomes [0, 1].
   *
   * @throws CoverageException if the whole interval lies above 1: it is then a mean reward, from
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

  /**
   * Whether Z is known: both ends are certain and differ by what rounding took outwards at most.
   */
  public boolean isKnown() {
    boolean certain =
        interval.lowKind() == EndKind.CERTAIN && interval.highKind() == EndKind.CERTAIN;
    return certain && interval.width() <= ROUNDING * interval.high();
  }
}
