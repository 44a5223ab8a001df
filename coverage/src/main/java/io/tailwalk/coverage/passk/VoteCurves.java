package io.tailwalk.coverage.passk;

import io.tailwalk.core.random.Streams;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.statistics.Gaffke;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Majority votes of one run, averaged over prompts. A prompt's value is unbiased and lies in [0,
 * 1], also if its subsets are drawn at random, so that the interval over prompts is Gaffke's, as
 * that of pass@k is.
 */
public final class VoteCurves {
  private final SortedMap<String, Vote> votes = new TreeMap<>();
  private final long fewest;

  /**
   * The votes of a run.
   *
   * @throws CoverageException if there are no prompts or a prompt occurs twice
   */
  public VoteCurves(List<PromptVotes> prompts) {
    if (prompts.isEmpty()) {
      throw new CoverageException("no prompts to vote on");
    }
    for (PromptVotes prompt : prompts) {
      if (votes.put(prompt.promptId(), new Vote(prompt.ballots())) != null) {
        throw new CoverageException("prompt " + prompt.promptId() + " occurs twice");
      }
    }
    fewest = prompts.stream().mapToLong(prompt -> prompt.ballots().size()).min().orElseThrow();
  }

  /** Smallest number of samples of any prompt: the largest valid k. */
  public long fewestSamples() {
    return fewest;
  }

  /**
   * Votes of equal weight, maj@k, at each k.
   *
   * @param seed for random subsets, where there are too many for an exact value
   * @throws CoverageException if a k exceeds the samples of some prompt
   */
  public List<VotePoint> majority(List<Long> ks, double delta, long seed) {
    return ks.stream().map(k -> point(k, delta, seed, Vote::majority)).toList();
  }

  /** Votes with the weights of the samples, at each k. */
  public List<VotePoint> weighted(List<Long> ks, double delta, long seed) {
    return ks.stream().map(k -> point(k, delta, seed, Vote::weighted)).toList();
  }

  /** A kind of vote. */
  private interface Rule {
    Vote.Estimate estimate(Vote vote, int k, long seed);
  }

  /**
   * Votes of equal weight of this run minus those of the other, prompt by prompt, at each k.
   *
   * @throws CoverageException unless both have the same prompts
   */
  public List<PairedPoint.Contrast> majorityMinus(
      VoteCurves other, List<Long> ks, double delta, long seed) {
    return minus(other, ks, delta, seed, Vote::majority);
  }

  /** The same with the weights of the samples. */
  public List<PairedPoint.Contrast> weightedMinus(
      VoteCurves other, List<Long> ks, double delta, long seed) {
    return minus(other, ks, delta, seed, Vote::weighted);
  }

  private List<PairedPoint.Contrast> minus(
      VoteCurves other, List<Long> ks, double delta, long seed, Rule rule) {
    if (!votes.keySet().equals(other.votes.keySet())) {
      throw new CoverageException("the two runs have different prompts; compare the same ones");
    }
    return ks.stream()
        .map(k -> {
          // Random subsets of the two runs are independent.
          double[] differences =
              PairedPoint.minus(values(k, seed, rule), other.values(k, Streams.key(seed, 1), rule));
          return PairedPoint.of(k, differences, delta).withPower(differences, delta);
        })
        .toList();
  }

  private double[] values(long k, long seed, Rule rule) {
    return estimates(k, seed, rule).stream().mapToDouble(Vote.Estimate::value).toArray();
  }

  private List<Vote.Estimate> estimates(long k, long seed, Rule rule) {
    List<Vote.Estimate> estimates = new ArrayList<>();
    for (Vote vote : votes.values()) {
      long key = Streams.key(seed, estimates.size());
      estimates.add(rule.estimate(vote, Math.toIntExact(k), key));
    }
    return estimates;
  }

  private VotePoint point(long k, double delta, long seed, Rule rule) {
    List<Vote.Estimate> estimates = estimates(k, seed, rule);
    double[] values = new double[estimates.size()];
    double variance = 0;
    boolean exact = true;
    for (int i = 0; i < values.length; i++) {
      values[i] = estimates.get(i).value();
      variance += estimates.get(i).variance();
      exact &= estimates.get(i).exact();
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    return new VotePoint(
        k,
        mean,
        Gaffke.interval(values, delta),
        exact ? Optional.empty() : Optional.of(Math.sqrt(variance) / values.length));
  }
}
