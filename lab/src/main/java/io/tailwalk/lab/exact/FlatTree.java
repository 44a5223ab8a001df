package io.tailwalk.lab.exact;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import java.util.Arrays;

/**
 * All prefixes of a problem whose letters are equally probable, with their values, stored level by
 * level; the distributions of samplers are computed on it exactly, without sampling. The children
 * of node i of a level are nodes {@code letters i + letter} of the next level.
 */
final class FlatTree {
  private static final int MOST_NODES = 1 << 24;

  private final int letters;
  private final int length;
  private final int[] begin;
  private final double[] value;

  /** {@code S}, mean value of the children; 0 for responses. */
  private final double[] out;

  /**
   * A distribution of outcomes.
   *
   * @param leaves probability of each response given that the outcome is a response with reward;
   *     responses are in the order of their letters as digits
   * @param success probability that the outcome is a response with reward
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Outcome(double[] leaves, double success) {}

  private FlatTree(int letters, int length) {
    this.letters = letters;
    this.length = length;
    this.begin = new int[length + 2];
    long width = 1;
    long nodes = 0;
    for (int depth = 0; depth <= length; depth++) {
      nodes += width;
      if (nodes > MOST_NODES) {
        throw new IllegalArgumentException(
            "a tree of " + letters + " letters and length " + length + " is too large");
      }
      begin[depth + 1] = (int) nodes;
      width *= letters;
    }
    this.value = new double[(int) nodes];
    this.out = new double[(int) nodes];
  }

  /** The tree of a problem whose model draws all letters with the same probability. */
  static FlatTree of(Problem problem) {
    var tree = new FlatTree(problem.model().vocabulary().size(), problem.maxTokens());
    for (int depth = 1; depth <= tree.length; depth++) {
      for (int node = tree.begin[depth]; node < tree.begin[depth + 1]; node++) {
        tree.value[node] = Math.exp(logValue(problem, tree.prefix(depth, node)));
      }
    }
    tree.sumUp();
    return tree;
  }

  private static double logValue(Problem problem, int[] prefix) {
    var vocabulary = problem.model().vocabulary();
    if (prefix.length < problem.maxTokens()) {
      return problem.value().logValue(Candidate.partial(problem.prompt(), vocabulary, prefix));
    }
    return problem
        .verifier()
        .logReward(Candidate.complete(problem.prompt(), vocabulary, prefix, FinishReason.LENGTH));
  }

  private int[] prefix(int depth, int node) {
    int[] prefix = new int[depth];
    int rest = node - begin[depth];
    for (int i = depth - 1; i >= 0; i--) {
      prefix[i] = rest % letters;
      rest /= letters;
    }
    return prefix;
  }

  private int child(int depth, int node) {
    return begin[depth + 1] + (node - begin[depth]) * letters;
  }

  private int parent(int depth, int node) {
    return begin[depth - 1] + (node - begin[depth]) / letters;
  }

  private void sumUp() {
    for (int depth = 0; depth < length; depth++) {
      for (int node = begin[depth]; node < begin[depth + 1]; node++) {
        int child = child(depth, node);
        for (int i = 0; i < letters; i++) {
          out[node] += value[child + i] / letters;
        }
      }
    }
  }

  /** Probability of each response under {@code pi*}. */
  double[] target() {
    return normalised(Arrays.copyOfRange(value, begin[length], begin[length + 1]));
  }

  private static double[] normalised(double[] weights) {
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  private Outcome outcome(double[] distribution) {
    double[] leaves = Arrays.copyOfRange(distribution, begin[length], begin[length + 1]);
    return new Outcome(normalised(leaves), Arrays.stream(leaves).sum());
  }

  /** Value-guided descents (arXiv 2510.03149, Algorithm 7), without dead ends. */
  Outcome actionLevel() {
    double[] distribution = new double[value.length];
    distribution[0] = 1;
    for (int depth = 0; depth < length; depth++) {
      for (int node = begin[depth]; node < begin[depth + 1]; node++) {
        if (out[node] > 0) {
          goDown(distribution, depth, node, distribution[node] / out[node]);
        }
      }
    }
    return outcome(distribution);
  }

  /** Distributes a probability over the children of a node by {@code pi(c|v) V(c)}. */
  private void goDown(double[] to, int depth, int node, double mass) {
    if (mass > 0) {
      int child = child(depth, node);
      for (int i = 0; i < letters; i++) {
        to[child + i] += mass * value[child + i] / letters;
      }
    }
  }

  /** The lazy walk from the root after this many steps (arXiv 2510.03149, Algorithm 1). */
  Outcome vgb(int steps) {
    double[] distribution = new double[value.length];
    distribution[0] = 1;
    for (int step = 0; step < steps; step++) {
      double[] next = new double[distribution.length];
      for (int depth = 0; depth <= length; depth++) {
        for (int node = begin[depth]; node < begin[depth + 1]; node++) {
          double half = distribution[node] / 2;
          if (half > 0) {
            next[node] += half;
            double in = depth == 0 ? 0 : value[node];
            double all = in + out[node];
            if (depth > 0) {
              next[parent(depth, node)] += half * in / all;
            }
            if (depth < length) {
              goDown(next, depth, node, half / all);
            }
          }
        }
      }
      distribution = next;
    }
    return outcome(distribution);
  }

  /**
   * The walk that keeps its direction (chi = 1) from the root after this many steps, each of which
   * stays with probability 1/2 as in the lazy walk; otherwise the walk could only be on every other
   * level.
   */
  Outcome momentum(int steps) {
    // Probability that came down to a node, and that went up from it and is now on its parent.
    double[] down = new double[value.length];
    double[] up = new double[value.length];
    down[0] = 1;
    for (int step = 0; step < steps; step++) {
      double[] nextDown = new double[down.length];
      double[] nextUp = new double[up.length];
      for (int depth = 0; depth <= length; depth++) {
        for (int node = begin[depth]; node < begin[depth + 1]; node++) {
          double fromAbove = down[node] / 2;
          double fromBelow = depth == length ? 0 : below(up, depth, node) / 2;
          nextDown[node] += fromAbove;
          nextUp[node] += up[node] / 2;
          double all = out[node];
          double goesOn = depth == 0 ? 1 : value[node] == 0 ? 0 : Math.min(1, all / value[node]);
          double turns = depth == 0 ? 1 : all == 0 ? 0 : 1 - Math.min(1, value[node] / all);
          if (depth > 0) {
            nextUp[node] += fromAbove * (1 - goesOn) + fromBelow * (1 - turns);
          }
          if (all > 0) {
            goDown(nextDown, depth, node, (fromAbove * goesOn + fromBelow * turns) / all);
          }
        }
      }
      down = nextDown;
      up = nextUp;
    }
    return outcome(down);
  }

  private double below(double[] up, int depth, int node) {
    double sum = 0;
    int child = child(depth, node);
    for (int i = 0; i < letters; i++) {
      sum += up[child + i];
    }
    return sum;
  }
}
