package io.tailwalk.lab.calibration;

import io.tailwalk.builtin.tree.ArrayTree;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Values of inner nodes: the exact value with one kind of error. */
enum Guide {
  /** Exact up to log-normal errors. */
  CLOSE,
  /** 1 if a leaf below can still pass, else 0. */
  CAN_PASS,
  /** 1 everywhere. */
  BLIND,
  /** Wrong by a factor of up to 10 in either direction. */
  WRONG_10,
  /** Wrong by a factor of up to 1000 in either direction. */
  WRONG_1000,
  /** Close, but 1000 times too low at prefixes that together have half of the probability. */
  HIDDEN,
  /** Close, but 1000 times too low at half of the prefixes of two tokens. */
  HID_2,
  /** Close, but 1000 times too low at half of the prefixes of five tokens. */
  HID_5,
  /** Close, but 1000 times too low at half of the prefixes of eight tokens. */
  HID_8,
  /** Close, but too low by a factor of 1.8 per level below half of the prefixes of two tokens. */
  DRIFT,
  /** Close, but 0 on the subtree of a prefix of two tokens that has some probability. */
  WRONG_ZERO,
  /** A constant between Z and 1. */
  CONSTANT,
  /** 1 below a short prefix all of whose leaves pass, else 0. */
  SURE;

  static final double HIDING = 1_000;
  static final double DRIFT_A_LEVEL = 1.8;

  /** Standard deviation of the log-errors of close values. */
  private static final double CLOSE_ERROR = 0.3;

  /** Value over Z of a prefix that cannot pass, if the value does not know this. */
  private static final double FLOOR = 0.05;

  /** Least share of the probability that counts as half of it. */
  static final double LEAST_HIDDEN = 0.35;

  /** Largest share of the probability that counts as half of it. */
  static final double MOST_HIDDEN = 0.65;

  /** Rounding error allowed in a sum of probabilities of one, on the log scale. */
  private static final double ROUNDING = 1e-9;

  /** Maximum number of tokens of a prefix that is known to be sure. */
  private static final int LONGEST_SURE = 5;

  private static final int ATTEMPTS = 20;
  private static final int DEEPEST_HIDDEN = 3;

  /**
   * The tree with values; its leaves keep their rewards.
   *
   * @return empty if the tree has no prefixes for this error; another tree is then drawn
   */
  Optional<ArrayTree> on(ArrayTree tree, RandomGenerator random) {
    double[] exact = tree.logExactValues();
    double[] values = new double[exact.length];
    for (int node = 0; node < values.length; node++) {
      values[node] = tree.isLeaf(node) ? tree.logValue(node) : value(tree, exact, node, random);
    }
    boolean possible =
        switch (this) {
          case CLOSE, CAN_PASS, BLIND, WRONG_10, WRONG_1000 -> true;
          case SURE -> knowOnlyTheSure(tree, exact, values);
          case CONSTANT -> flatten(tree, values, exact[0] * random.nextDouble());
          case HIDDEN -> hideHalfOfTheMass(tree, exact, values, random);
          case HID_2 -> hideHalfOfThePrefixes(tree, values, 2, random);
          case HID_5 -> hideHalfOfThePrefixes(tree, values, 5, random);
          case HID_8 -> hideHalfOfThePrefixes(tree, values, 8, random);
          case DRIFT -> drift(tree, values, random);
          case WRONG_ZERO -> zero(tree, exact, values, random);
        };
    return possible ? Optional.of(tree.withLogValues(values)) : Optional.empty();
  }

  private double value(ArrayTree tree, double[] exact, int node, RandomGenerator random) {
    double floor = tree.provesDead() ? Double.NEGATIVE_INFINITY : exact[0] + Math.log(FLOOR);
    double right = exact[node] == Double.NEGATIVE_INFINITY ? floor : exact[node];
    return switch (this) {
      case BLIND -> 0;
      case CAN_PASS -> exact[node] == Double.NEGATIVE_INFINITY ? exact[node] : 0;
      case WRONG_10 -> right + Math.log(10) * (2 * random.nextDouble() - 1);
      case WRONG_1000 -> right + Math.log(1_000) * (2 * random.nextDouble() - 1);
      default -> right + CLOSE_ERROR * random.nextGaussian();
    };
  }

  /** Inner nodes at a depth, in random order. */
  private static int[] prefixes(ArrayTree tree, int depth, RandomGenerator random) {
    int[] depths = tree.depths();
    int[] found =
        java.util.stream.IntStream.range(0, depths.length)
            .filter(node -> depths[node] == depth && !tree.isLeaf(node))
            .toArray();
    for (int i = found.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = found[i];
      found[i] = found[j];
      found[j] = swapped;
    }
    return found;
  }

  private static boolean hideHalfOfTheMass(
      ArrayTree tree, double[] exact, double[] values, RandomGenerator random) {
    double[] logPi = tree.logPi();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int depth = 1 + random.nextInt(DEEPEST_HIDDEN);
      int[] prefixes = prefixes(tree, depth, random);
      double hidden = 0;
      for (int i = 0; i < prefixes.length && hidden < 0.5; i++) {
        hidden += Math.exp(logPi[prefixes[i]] + exact[prefixes[i]] - exact[0]);
        if (hidden >= LEAST_HIDDEN && hidden <= MOST_HIDDEN) {
          lower(values, Arrays.copyOf(prefixes, i + 1));
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hideHalfOfThePrefixes(
      ArrayTree tree, double[] values, int depth, RandomGenerator random) {
    int[] prefixes = prefixes(tree, depth, random);
    lower(values, Arrays.copyOf(prefixes, (prefixes.length + 1) / 2));
    return prefixes.length > 1;
  }

  private static void lower(double[] values, int[] nodes) {
    for (int node : nodes) {
      values[node] -= Math.log(HIDING);
    }
  }

  private static boolean flatten(ArrayTree tree, double[] values, double value) {
    for (int node = 0; node < values.length; node++) {
      values[node] = tree.isLeaf(node) ? values[node] : value;
    }
    return true;
  }

  private static boolean knowOnlyTheSure(ArrayTree tree, double[] exact, double[] values) {
    int[] depths = tree.depths();
    boolean[] sure = new boolean[values.length];
    boolean some = false;
    values[0] = exact[0];
    for (int node = 1; node < values.length; node++) {
      boolean isShort = depths[node] <= LONGEST_SURE;
      sure[node] = exact[node] > -ROUNDING && (isShort || sure[tree.parent(node)]);
      if (!tree.isLeaf(node)) {
        values[node] = sure[node] ? 0 : Double.NEGATIVE_INFINITY;
        some |= sure[node];
      }
    }
    return some;
  }

  private static boolean drift(ArrayTree tree, double[] values, RandomGenerator random) {
    int[] prefixes = prefixes(tree, 2, random);
    int[] below = new int[tree.size()];
    for (int prefix : Arrays.copyOf(prefixes, (prefixes.length + 1) / 2)) {
      below[prefix] = 1;
    }
    for (int node = 1; node < below.length; node++) {
      int above = below[tree.parent(node)];
      below[node] += above == 0 ? 0 : above + 1;
      if (above > 0 && !tree.isLeaf(node)) {
        values[node] -= above * Math.log(DRIFT_A_LEVEL);
      }
    }
    return prefixes.length > 1;
  }

  private static boolean zero(
      ArrayTree tree, double[] exact, double[] values, RandomGenerator random) {
    double[] logPi = tree.logPi();
    List<Integer> worth =
        Arrays.stream(prefixes(tree, 2, random))
            .filter(node -> {
              double share = Math.exp(logPi[node] + exact[node] - exact[0]);
              return share >= 0.05 && share <= 0.6;
            })
            .boxed()
            .toList();
    if (worth.isEmpty()) {
      return false;
    }
    boolean[] inside = new boolean[tree.size()];
    inside[worth.getFirst()] = true;
    for (int node = worth.getFirst(); node < inside.length; node++) {
      inside[node] = inside[node] || inside[tree.parent(node)];
      if (inside[node] && !tree.isLeaf(node)) {
        values[node] = Double.NEGATIVE_INFINITY;
      }
    }
    return true;
  }
}
