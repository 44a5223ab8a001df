package io.tailwalk.lab.calibration;

import io.tailwalk.builtin.tree.ArrayTree;
import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Random trees before rewards and values: their structure and probabilities. */
enum Shape {
  /** Two or three children, nine of ten with children of their own; similar probabilities. */
  EVEN(0.5),
  /** As EVEN, with probabilities that differ by orders of magnitude. */
  UNEVEN(2.5),
  /** Long and narrow: the more probable children have children, for tens of levels. */
  DEEP(2.5),
  /** A leaf below the root next to chains without a fork: the length of a run reveals its path. */
  CHAINS(0.5);

  /** Share of children that have children, if the tree is not narrow. */
  private static final double GOING_ON = 0.9;

  /** Growth of a narrow tree from level to level, until it reaches its largest width. */
  private static final double WIDENING = 1.35;

  /** Least and largest number of levels of a narrow tree. */
  private static final int SHORTEST = 30;

  private static final int LONGEST = 90;

  /** Range of the nodes of a chain and of the probability of the leaf next to the chains. */
  private static final int SHORTEST_CHAIN = 30;

  private static final int LONGEST_CHAIN = 60;
  private static final double LEAST_BESIDE = 0.2;
  private static final double MOST_BESIDE = 0.6;

  private final double spread;

  Shape(double spread) {
    this.spread = spread;
  }

  /** A tree with this many inner nodes; every reward and value is 1. */
  ArrayTree grow(String name, int inner, RandomGenerator random) {
    return this == CHAINS ? chains(name, inner, random) : branches(name, inner, random);
  }

  private ArrayTree chains(String name, int inner, RandomGenerator random) {
    int most = inner / SHORTEST_CHAIN + 1;
    int[] lengths = new int[most];
    int chains = 0;
    for (int left = inner - 1; left > 0; chains++) {
      int length = random.nextInt(SHORTEST_CHAIN, LONGEST_CHAIN + 1);
      // The remainder would be too short for another chain.
      lengths[chains] = left - length < SHORTEST_CHAIN ? left : length;
      left -= lengths[chains];
    }
    int[] counts = new int[inner + chains + 1];
    double[] pi = new double[counts.length];
    Arrays.fill(pi, 1);
    counts[0] = 1 + chains;
    pi[1] = LEAST_BESIDE + (MOST_BESIDE - LEAST_BESIDE) * random.nextDouble();
    fill(pi, 2, chains, random);
    for (int chain = 0; chain < chains; chain++) {
      pi[2 + chain] *= 1 - pi[1];
    }
    int node = 2;
    for (int level = 1; node < counts.length; level++) {
      for (int chain = 0; chain < chains; chain++) {
        if (lengths[chain] >= level - 1) {
          counts[node++] = lengths[chain] >= level ? 1 : 0;
        }
      }
    }
    return ArrayTree.of(name, counts, pi, new double[counts.length]);
  }

  private ArrayTree branches(String name, int inner, RandomGenerator random) {
    int[] counts = new int[3 * inner + 1];
    double[] pi = new double[counts.length];
    boolean[] goesOn = new boolean[counts.length];
    goesOn[0] = true;
    int widest = Math.max(1, inner / random.nextInt(SHORTEST, LONGEST + 1));
    int made = 1;
    int size = 1;
    for (int from = 0, to = 1; from < to; ) {
      int first = size;
      for (int node = from; node < to; node++) {
        if (goesOn[node]) {
          counts[node] = 2 + random.nextInt(2);
          fill(pi, size, counts[node], random);
          size += counts[node];
        }
      }
      int wanted = Math.min(goingOn(size - first, widest), inner - made);
      choose(goesOn, first, size, wanted, pi, random);
      made += wanted;
      from = first;
      to = size;
    }
    return ArrayTree.of(
        name, Arrays.copyOf(counts, size), Arrays.copyOf(pi, size), new double[size]);
  }

  private int goingOn(int children, int widest) {
    int share = (int) Math.max(1, Math.round(GOING_ON * children));
    return this == DEEP
        ? Math.min((int) Math.ceil(children / 2.5 * WIDENING), Math.min(widest, share))
        : share;
  }

  /** Log-normal weights, normalised. */
  private void fill(double[] pi, int from, int count, RandomGenerator random) {
    double sum = 0;
    for (int child = from; child < from + count; child++) {
      pi[child] = Math.exp(spread * random.nextGaussian());
      sum += pi[child];
    }
    for (int child = from; child < from + count; child++) {
      pi[child] /= sum;
    }
  }

  /** Marks the nodes of a level that have children; DEEP prefers the more probable ones. */
  private void choose(
      boolean[] goesOn, int from, int to, int wanted, double[] pi, RandomGenerator random) {
    double[] rank = new double[to - from];
    for (int i = 0; i < rank.length; i++) {
      rank[i] = random.nextDouble() + (this == DEEP ? 10 * pi[from + i] : 0);
    }
    IntStream.range(0, rank.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> rank[i]).reversed())
        .limit(wanted)
        .forEach(i -> goesOn[from + i] = true);
  }
}
