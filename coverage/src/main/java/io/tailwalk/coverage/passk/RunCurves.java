package io.tailwalk.coverage.passk;

import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.Interval;
import io.tailwalk.coverage.stats.ClopperPearson;
import io.tailwalk.coverage.stats.RatioEstimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * pass@k and Best-of-N of one run, averaged over prompts. Intervals are Student t over prompts,
 * clipped to [0, 1]; they speak of the law the prompts were drawn from. Where every prompt has the
 * same value 0 or 1, t would have width zero and Clopper-Pearson over prompts stands in.
 */
public final class RunCurves {
  private final String run;
  private final SortedMap<String, PromptSamples> prompts = new TreeMap<>();

  /**
   * Curves of a run.
   *
   * @throws CoverageException if there are no prompts or one comes twice
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

  /** Fewest samples of any prompt: the largest k that can be asked for. */
  public long fewestSamples() {
    return prompts.values().stream().mapToLong(PromptSamples::samples).min().orElseThrow();
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
    return ks.stream().map(k -> point(k, passOf(k), delta)).toList();
  }

  /** Reward of Best-of-N at each N, with the run's own scores as selector. */
  public List<CurvePoint> bestOfN(List<Long> ns, double delta) {
    if (!hasScores()) {
      throw new CoverageException("run " + run + " has no scores to select by");
    }
    return ns.stream()
        .map(n -> point(n, p -> BestOfN.estimate(p.scored(), Math.toIntExact(n)), delta))
        .toList();
  }

  /**
   * This run less the other, prompt by prompt, at each k.
   *
   * @throws CoverageException unless both have the same prompts
   */
  public List<PairedPoint> minus(RunCurves other, List<Long> ks, double delta) {
    if (!prompts.keySet().equals(other.prompts.keySet())) {
      throw new CoverageException(
          "runs " + run + " and " + other.run + " have different prompts; compare the same ones");
    }
    List<PairedPoint> points = new ArrayList<>();
    for (long k : ks) {
      double[] here = values(passOf(k));
      double[] there = other.values(other.passOf(k));
      double[] differences = new double[here.length];
      Arrays.setAll(differences, i -> here[i] - there[i]);
      points.add(PairedPoint.of(k, differences, delta));
    }
    return points;
  }

  private ToDoubleFunction<PromptSamples> passOf(long k) {
    return prompt -> {
      if (k > prompt.samples()) {
        throw new CoverageException(
            "k = %d exceeds the %d samples of prompt %s in run %s; draw more or lower k"
                .formatted(k, prompt.samples(), prompt.promptId(), run));
      }
      return PassAtK.estimate(prompt.samples(), prompt.correct(), k);
    };
  }

  private double[] values(ToDoubleFunction<PromptSamples> value) {
    return prompts.values().stream().mapToDouble(value).toArray();
  }

  private CurvePoint point(long k, ToDoubleFunction<PromptSamples> value, double delta) {
    double[] values = values(value);
    double[] ones = new double[values.length];
    Arrays.fill(ones, 1.0);
    RatioEstimate mean = RatioEstimate.of(values, ones);
    boolean allAlike = Arrays.stream(values).allMatch(v -> v == values[0]);
    Interval interval =
        allAlike && (values[0] == 0.0 || values[0] == 1.0)
            ? ClopperPearson.interval(values[0] == 0.0 ? 0L : values.length, values.length, delta)
            : clipped(mean.interval(delta), values);
    return new CurvePoint(k, mean.value(), interval);
  }

  /** Rewards may lie outside [0, 1]; only curves of proportions are clipped. */
  private static Interval clipped(Interval interval, double[] values) {
    boolean proportions = Arrays.stream(values).allMatch(v -> v >= 0 && v <= 1);
    return proportions ? interval.clippedToUnit() : interval;
  }
}
