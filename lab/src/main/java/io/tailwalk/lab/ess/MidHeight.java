package io.tailwalk.lab.ess;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.sampling.Completion;
import java.util.Arrays;
import java.util.List;

/**
 * The number of open brackets at half the length, with its exact mean and standard deviation over
 * balanced strings of uniform brackets. The number of paths from 0 to a height in H/2 steps equals
 * the number of paths from this height back to 0, so the distribution of the height is the square
 * of that number, normalised; the kinds of brackets multiply all numbers by the same factor.
 *
 * @param length H
 * @param mean mean of the height
 * @param standardDeviation standard deviation of the height
 */
record MidHeight(int length, double mean, double standardDeviation) {

  static MidHeight of(int length) {
    double[] paths = {1};
    for (int step = 0; step < length / 2; step++) {
      paths = oneStepOn(paths);
    }
    double total = 0;
    double mean = 0;
    double square = 0;
    for (int height = 0; height < paths.length; height++) {
      double weight = paths[height] * paths[height];
      total += weight;
      mean += weight * height;
      square += weight * height * height;
    }
    mean /= total;
    return new MidHeight(length, mean, Math.sqrt(square / total - mean * mean));
  }

  /** Numbers of non-negative paths by end height, scaled so that they add up to 1. */
  private static double[] oneStepOn(double[] paths) {
    double[] next = new double[paths.length + 1];
    for (int height = 0; height < paths.length; height++) {
      next[height + 1] += paths[height];
      if (height > 0) {
        next[height - 1] += paths[height];
      }
    }
    double sum = Arrays.stream(next).sum();
    return Arrays.stream(next).map(count -> count / sum).toArray();
  }

  /** The height of one string. */
  double of(Completion completion) {
    List<Integer> half = completion.tokenIds().subList(0, length / 2);
    return half.stream().mapToInt(token -> DyckLanguage.opens(token) ? 1 : -1).sum();
  }

  /**
   * Error of a weighted sample's mean height, in standard deviations of the height; 1 if there is
   * no sample.
   */
  double error(List<Completion> outcomes) {
    if (outcomes.isEmpty()) {
      return 1;
    }
    double height = 0;
    for (Completion outcome : outcomes) {
      height += outcome.weight() * of(outcome);
    }
    return (height - mean) / standardDeviation;
  }
}
