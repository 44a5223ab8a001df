package io.tailwalk.coverage.passk;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.CoverageException;
import java.util.List;
import java.util.Optional;

/**
 * pass@k at any k from success probabilities: {@code p_k = 1 - (1 - Z)^k} on a prompt, averaged
 * over prompts.
 *
 * <p>Ends. p_k increases in Z, so a prompt's ends are transformed directly; they hold for all k
 * together, because they are one event about Z. {@link PromptEnds} combines them over prompts.
 *
 * <p>Value. At k = 1 it is the estimate z with its own bias. p_k is concave in Z, so a plugged-in
 * unbiased estimate is biased downwards (Jensen): {@code E[(1-z)^k]} is about {@code (1-Z)^k +
 * k(k-1)/2 (1-Z)^(k-2) var(z)}. While {@code k sd(z) < 1} the last term is added to the plug-in
 * value; beyond, or without a known standard error, the value is the plug-in one. It is biased
 * downwards if z is; otherwise its bias is {@link Bias#UNKNOWN}: the data decide which values are
 * corrected, and z was moved into its interval. Only the ends are reliable. If units of the
 * estimate are available and {@code k} is at most their number, {@link PassAtK#fromUnits} is
 * unbiased.
 */
public final class SuccessCurve {
  private SuccessCurve() {}

  /**
   * A prediction for one prompt.
   *
   * @param value estimate of p_k
   * @param bias direction of its bias
   * @param interval the transformed ends
   * @param corrected whether it includes the second-order term
   */
  public record Prediction(double value, Bias bias, Interval interval, boolean corrected) {}

  /** {@code 1 - (1 - z)^k}, exact for the smallest z. */
  public static double pass(double z, long k) {
    return z >= 1 ? 1 : -Math.expm1(k * Math.log1p(-z));
  }

  /** The transformed ends of a success probability, with their kinds. */
  public static Interval carried(Interval success, long k) {
    Interval unit = success.within(0, 1);
    return new Interval(pass(unit.low(), k), unit.lowKind(), pass(unit.high(), k), unit.highKind());
  }

  /** The prediction of one prompt's pass@k from its success probability. */
  public static Prediction predict(PromptSuccess success, long k) {
    requireK(k, 1);
    Interval interval = carried(success.interval(), k);
    double z = success.value();
    double plugIn = pass(z, k);
    double error = success.standardError();
    if (success.isKnown()) {
      return new Prediction(plugIn, Bias.NONE, interval, false);
    }
    if (k == 1) {
      return new Prediction(plugIn, success.bias(), interval, false);
    }
    if (success.bias() != Bias.CLAMPED || !(error > 0 && k * error < 1)) {
      Bias bias = success.bias() == Bias.LOW ? Bias.LOW : Bias.UNKNOWN;
      return new Prediction(plugIn, bias, interval, false);
    }
    double missed = z >= 1 ? 0 : Math.exp((k - 2) * Math.log1p(-z));
    double corrected = plugIn + 0.5 * k * (k - 1.0) * missed * error * error;
    return new Prediction(
        Math.clamp(corrected, interval.low(), interval.high()), Bias.UNKNOWN, interval, true);
  }

  /**
   * The point at k.
   *
   * @param successes one per prompt
   * @param k at least 1
   * @param error probability with which each prompt's interval may miss, 0.05 for 95% intervals;
   *     small ones, such as 0.005, lose least
   * @param delta error probability of the point's intervals
   */
  public static CurvePoint at(List<PromptSuccess> successes, long k, double error, double delta) {
    requireK(k, successes.size());
    List<Prediction> predictions = successes.stream().map(success -> predict(success, k)).toList();
    double value = predictions.stream().mapToDouble(Prediction::value).average().orElseThrow();
    Bias bias = predictions.stream().map(Prediction::bias).reduce(Bias.NONE, Bias::with);
    int corrected = (int) predictions.stream().filter(Prediction::corrected).count();
    List<Interval> ends = predictions.stream().map(Prediction::interval).toList();
    return new CurvePoint(
        k,
        value,
        bias,
        PromptEnds.ofPopulation(ends, 0, 1, error, delta),
        Optional.of(PromptEnds.ofThese(ends, 0, 1, error, delta)),
        corrected);
  }

  private static void requireK(long k, int prompts) {
    if (prompts == 0 || k < 1) {
      throw new CoverageException("k = " + k + " over " + prompts + " prompts");
    }
  }
}
