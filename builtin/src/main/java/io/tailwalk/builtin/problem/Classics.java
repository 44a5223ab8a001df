package io.tailwalk.builtin.problem;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import java.util.Arrays;

/** The two examples of arXiv 2510.03149 on which sampling without backtracking fails. */
public final class Classics {
  private Classics() {}

  /**
   * "ABC" (Example 3.1): uniform letters a, b, c; {@code tau = 1} if no c occurs; {@code V = V*},
   * and {@code (1 + error) V*} if the last letter is an a. The target is uniform on {@code {a,
   * b}^H}; value-guided sampling without backtracking tosses coins of bias {@code (1 + error) / (2
   * + error)}, a total variation that grows as {@code error sqrt(H)}.
   *
   * @param length H, at least 1
   * @param error above -1
   */
  public static Problem abc(int length, double error) {
    requireLength(length);
    if (!(error > -1) || error == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("the error must be above -1 and finite, got " + error);
    }
    int c = 2;
    ValueFunction value =
        prefix -> {
          int[] y = prefix.tokenIds();
          if (contains(y, c)) {
            return Double.NEGATIVE_INFINITY;
          }
          boolean lastIsA = y.length > 0 && y.length < length && y[y.length - 1] == 0;
          return (length - y.length) * Math.log(2.0 / 3.0) + (lastIsA ? Math.log1p(error) : 0);
        };
    return new Problem(
        "abc H=" + length + " error=" + error,
        LetterModel.uniform("builtin:abc", "abc"),
        Prompt.text(""),
        value,
        new LogReward("no c", y -> contains(y, c) ? Double.NEGATIVE_INFINITY : 0.0),
        length);
  }

  /**
   * "Delay" (Example 3.2): uniform letters 0 and 1; {@code tau} is the share of ones; the value
   * lags one letter behind, {@code V(y_1..y_h) = V*(y_1..y_{h-1})}. Value-guided sampling without
   * backtracking draws its last inner letter from the base distribution.
   *
   * @param length H, at least 1
   */
  public static Problem delay(int length) {
    requireLength(length);
    ValueFunction value =
        prefix -> {
          int[] y = prefix.tokenIds();
          int seen = y.length == length ? length : Math.max(0, y.length - 1);
          double ones = Arrays.stream(y, 0, seen).sum();
          return Math.log((ones + (length - seen) / 2.0) / length);
        };
    return new Problem(
        "delay H=" + length,
        LetterModel.uniform("builtin:delay", "01"),
        Prompt.text(""),
        value,
        new LogReward("share of ones", y -> Math.log((double) Arrays.stream(y).sum() / y.length)),
        length);
  }

  /**
   * "Delay" with an exponential tilt: uniform letters 0 and 1; {@code tau = exp(r / beta)} with r
   * the share of ones and {@code beta = 1/H}, so {@code tau = e^ones} and the target tosses coins
   * of bias {@code e / (1 + e)}; the value lags one letter behind. Value-guided sampling without
   * backtracking draws all letters except the last from the base distribution, so that its reward
   * is below the target's by a constant at any length.
   *
   * @param length H, at least 1
   */
  public static Problem delayTilted(int length) {
    requireLength(length);
    double logMean = Math.log((1 + Math.E) / 2);
    ValueFunction value =
        prefix -> {
          int[] y = prefix.tokenIds();
          int seen = y.length == length ? length : Math.max(0, y.length - 1);
          return Arrays.stream(y, 0, seen).sum() + (length - seen) * logMean;
        };
    return new Problem(
        "delay tilted H=" + length,
        LetterModel.uniform("builtin:delay", "01"),
        Prompt.text(""),
        value,
        new LogReward("e to the ones", y -> (double) Arrays.stream(y).sum()),
        length);
  }

  private static void requireLength(int length) {
    if (length < 1) {
      throw new IllegalArgumentException("the length must be at least 1, got " + length);
    }
  }

  private static boolean contains(int[] tokens, int token) {
    return Arrays.stream(tokens).anyMatch(t -> t == token);
  }

  private interface TokenReward {
    double logReward(int[] tokenIds);
  }

  private record LogReward(String name, TokenReward reward) implements Verifier {
    @Override
    public double logReward(Candidate complete) {
      return reward.logReward(complete.tokenIds());
    }
  }
}
