package io.tailwalk.coverage.passk;

import io.tailwalk.core.Plural;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.stats.RatioEstimate;
import io.tailwalk.statistics.ClopperPearson;
import io.tailwalk.statistics.Gaffke;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * pass@k and Best-of-N of one run, averaged over prompts. Intervals refer to the distribution that
 * the prompts were drawn from, with the prompts as the sample.
 *
 * <ul>
 *   <li>pass@k lies in [0, 1]: Gaffke's interval, asymptotic. If k is the number of samples of
 *       every prompt, its estimate is 0 or 1 by design, and Clopper and Pearson's is guaranteed.
 *   <li>Best-of-N of rewards in a stated range: Gaffke's. Without a range no interval holds with
 *       few prompts, because one rare prompt may have any value: the ends are open below {@value
 *       RatioEstimate#FEWEST} prompts and if all prompts are equal; otherwise Student's t is used,
 *       asymptotic.
 * </ul>
 */
public final class RunCurves {
  private final String run;
  private final SortedMap<String, PromptSamples> prompts = new TreeMap<>();

  /**
   * The curves of a run.
   *
   * @throws CoverageException if there are no prompts or a prompt occurs twice
   */
  public RunCurves(String run, List<PromptSamples> prompts) {
    this.run = run;
    if (prompts.isEmpty()) {
      throw new CoverageException("run " + run + " has no prompts");
    }
    for (PromptSamples prompt : prompts) {
      if (this.prompts.put(prompt.promptId(), prompt) != null) {
        throw new CoverageException("run " + run + " has prompt " + prompt.promptId() + " twice");
      }
    }
  }

  /** Its name. */
  public String run() {
    return run;
  }

  /** Number of prompts. */
  public int prompts() {
    return prompts.size();
  }

  /** Smallest number of samples of any prompt: the largest valid k. */
  public long fewestSamples() {
    return prompts.values().stream().mapToLong(PromptSamples::samples).min().orElseThrow();
  }

  /** The id of a prompt with this number of samples. */
  public String fewestSampledPrompt() {
    return prompts.values().stream()
        .min(Comparator.comparingLong(PromptSamples::samples))
        .orElseThrow()
        .promptId();
  }

  /** Whether every prompt has selector scores. */
  public boolean hasScores() {
    return prompts.values().stream().noneMatch(prompt -> prompt.scored().isEmpty());
  }

  /**
   * pass@k at each k.
   *
   * @throws CoverageException if a k exceeds the samples of some prompt
   */
  public List<CurvePoint> passAtK(List<Long> ks, double delta) {
    return ks.stream().map(k -> passAt(k, delta)).toList();
  }

  private CurvePoint passAt(long k, double delta) {
    double[] values = values(passOf(k));
    double mean = Arrays.stream(values).average().orElseThrow();
    boolean binary = prompts.values().stream().allMatch(prompt -> prompt.samples() == k);
    Interval interval =
        binary
            ? ClopperPearson.interval(Math.round(mean * values.length), values.length, delta)
            : Gaffke.interval(values, delta);
    return CurvePoint.counted(k, mean, interval);
  }

  /**
   * Reward of Best-of-N at each N, with the run's own scores as selector.
   *
   * @param range the possible range of rewards, independent of the data; open if rewards are
   *     unbounded
   * @throws CoverageException if a reward lies outside the range
   */
  public List<CurvePoint> bestOfN(List<Long> ns, double delta, Interval range) {
    if (!hasScores()) {
      throw new CoverageException("run " + run + " has no scores to select by");
    }
    prompts.values().forEach(prompt -> requireRange(prompt, range));
    return ns.stream()
        .map(n -> {
          double[] values = bestOf(n);
          double mean = Arrays.stream(values).average().orElseThrow();
          return CurvePoint.counted(n, mean, meanReward(values, range, delta));
        })
        .toList();
  }

  private static void requireRange(PromptSamples prompt, Interval range) {
    prompt
        .scored()
        .forEach(sample -> {
          if (!range.contains(sample.reward())) {
            throw new CoverageException(
                "prompt %s has a reward of %s, outside the stated range [%s, %s]"
                    .formatted(prompt.promptId(), sample.reward(), range.low(), range.high()));
          }
        });
  }

  private static Interval meanReward(double[] values, Interval range, double delta) {
    if (!range.isOpen()) {
      double[] inside =
          Arrays.stream(values).map(v -> Math.clamp(v, range.low(), range.high())).toArray();
      return Gaffke.interval(inside, range.low(), range.high(), delta);
    }
    double[] ones = new double[values.length];
    Arrays.fill(ones, 1.0);
    Interval mean = RatioEstimate.of(values, ones).shown(delta);
    return mean.meet(range);
  }

  /**
   * This run minus the other, prompt by prompt, at each k.
   *
   * @throws CoverageException unless both have the same prompts
   */
  public List<PairedPoint> minus(RunCurves other, List<Long> ks, double delta) {
    requireSamePrompts(other);
    return ks.stream().map(k -> PairedPoint.of(k, differences(other, k), delta)).toList();
  }

  /**
   * Best-of-N of this run minus that of the other, prompt by prompt, each by its own scores.
   *
   * @param range the possible range of rewards; the differences then lie in a range too
   * @throws CoverageException unless both have the same prompts, scores, and rewards in the range
   */
  public List<PairedPoint.Contrast> bestOfNMinus(
      RunCurves other, List<Long> ns, double delta, Interval range) {
    requireSamePrompts(other);
    prompts.values().forEach(prompt -> requireRange(prompt, range));
    other.prompts.values().forEach(prompt -> requireRange(prompt, range));
    Interval between =
        range.isOpen()
            ? Interval.LINE
            : Interval.certain(range.low() - range.high(), range.high() - range.low());
    return ns.stream()
        .map(n -> {
          double[] differences = PairedPoint.minus(bestOf(n), other.bestOf(n));
          return PairedPoint.of(n, differences, meanReward(differences, between, delta))
              .withPower(differences, delta);
        })
        .toList();
  }

  private double[] bestOf(long n) {
    return values(prompt -> BestOfN.estimate(prompt.scored(), Math.toIntExact(n)));
  }

  /**
   * What would settle the difference at each k: {@link PairedPower}.
   *
   * @param points of {@link #minus} with the same other run
   * @param delta error probability of their intervals
   */
  public List<PairedPower> power(RunCurves other, List<PairedPoint> points, double delta) {
    requireSamePrompts(other);
    return points.stream()
        .map(point ->
            PairedPower.of(
                point,
                differences(other, point.k()),
                List.copyOf(prompts.values()),
                List.copyOf(other.prompts.values()),
                delta))
        .toList();
  }

  private void requireSamePrompts(RunCurves other) {
    if (!prompts.keySet().equals(other.prompts.keySet())) {
      throw new CoverageException(
          "runs " + run + " and " + other.run + " have different prompts; compare the same ones");
    }
  }

  private double[] differences(RunCurves other, long k) {
    return PairedPoint.minus(values(passOf(k)), other.values(other.passOf(k)));
  }

  private ToDoubleFunction<PromptSamples> passOf(long k) {
    return prompt -> {
      if (k > prompt.samples()) {
        throw new CoverageException(
            "k = %d exceeds the %s of prompt %s in run %s; draw more or lower k"
                .formatted(k, Plural.of(prompt.samples(), "sample"), prompt.promptId(), run));
      }
      return PassAtK.estimate(prompt.samples(), prompt.correct(), k);
    };
  }

  private double[] values(ToDoubleFunction<PromptSamples> value) {
    return prompts.values().stream().mapToDouble(value).toArray();
  }
}
