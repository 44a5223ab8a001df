package io.tailwalk.bench;

import io.tailwalk.core.Exponentials;

/** The unit of costs: exponentials of all scores and their sum, in a form that is vectorised. */
final class ExpPass {
  private ExpPass() {}

  static double sum(float[] scores, Exponentials exponentials) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float score : scores) {
      largest = Math.max(largest, score);
    }
    double sum = 0;
    for (int from = 0; from < scores.length; from += Exponentials.BLOCK) {
      int length = Math.min(Exponentials.BLOCK, scores.length - from);
      sum += exponentials.sum(scores, from, length, 1, largest);
    }
    return sum;
  }
}
