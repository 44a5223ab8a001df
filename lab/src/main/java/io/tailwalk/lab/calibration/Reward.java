package io.tailwalk.lab.calibration;

import io.tailwalk.builtin.tree.ArrayTree;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Random rewards of the leaves; each kind states the range of Z and the bound it declares. */
enum Reward {
  /** Leaves pass or fail with about the same frequency; neighbours are similar. */
  MILD(0.05, 0.95, 0),
  /** A few leaves pass, and the steps towards them are improbable. */
  RARE(1e-4, 3e-2, 0),
  /** Z is near 1e-6 and comes from more leaves than can be visited. */
  TINY(3e-7, 3e-6, 0),
  /** Rewards up to e^10, most of them small, three of ten zero; Z is at most a few thousand. */
  GRADED(1, 3_000, 10),
  /** Only the leaves directly below the root pass. */
  SHORT_ONLY(0.05, 0.95, 0),
  /** All leaves below one likely prefix of some tokens pass; elsewhere as MILD. */
  SURE_PART(0.2, 0.95, 0);

  /** Change of the log-odds of passing from a node to its child. */
  private static final double DRIFT = 0.7;

  private static final int MOST_PASSING = 40;
  private static final double ZERO_SHARE = 0.3;

  /** Range of the tokens and of the probability of the prefix below which all leaves pass. */
  private static final int LEAST_SURE_DEPTH = 3;

  private static final int MOST_SURE_DEPTH = 5;
  private static final double LEAST_SURE = 0.2;
  private static final double MOST_SURE = 0.5;

  private final double least;
  private final double most;
  private final double logBound;

  Reward(double least, double most, double logBound) {
    this.least = least;
    this.most = most;
    this.logBound = logBound;
  }

  /** The least Z of a tree. */
  double least() {
    return least;
  }

  /** The largest Z of a tree. */
  double most() {
    return most;
  }

  /** Log of the bound that the verifier declares, nats. */
  double logBound() {
    return logBound;
  }

  /** The tree with rewards; if Z lies outside the range, another tree is drawn. */
  ArrayTree on(ArrayTree tree, RandomGenerator random) {
    ArrayTree rewarded =
        switch (this) {
          case MILD -> tree.withLogValues(passOrFail(tree, random));
          case GRADED -> tree.withLogValues(graded(tree, random));
          case RARE, TINY -> rare(tree, random);
          case SHORT_ONLY -> tree.withLogValues(shortOnly(tree));
          case SURE_PART -> surePart(tree, random);
        };
    return rewarded.withLogBound(logBound);
  }

  private static double[] passOrFail(ArrayTree tree, RandomGenerator random) {
    double[] logOdds = new double[tree.size()];
    double[] logTau = new double[tree.size()];
    double share = 0.25 + 0.5 * random.nextDouble();
    logOdds[0] = Math.log(share / (1 - share));
    for (int node = 1; node < logOdds.length; node++) {
      logOdds[node] = logOdds[tree.parent(node)] + DRIFT * random.nextGaussian();
      boolean passes = random.nextDouble() < 1 / (1 + Math.exp(-logOdds[node]));
      logTau[node] = passes || !tree.isLeaf(node) ? 0 : Double.NEGATIVE_INFINITY;
    }
    return logTau;
  }

  private static double[] graded(ArrayTree tree, RandomGenerator random) {
    double[] logTau = new double[tree.size()];
    for (int node = 1; node < logTau.length; node++) {
      boolean zero = random.nextDouble() < ZERO_SHARE;
      double height = 1 - Math.cbrt(1 - random.nextDouble());
      logTau[node] = zero ? Double.NEGATIVE_INFINITY : GRADED.logBound * height;
    }
    return logTau;
  }

  private static double[] shortOnly(ArrayTree tree) {
    double[] logTau = new double[tree.size()];
    for (int node = 1; node < logTau.length; node++) {
      boolean fails = tree.isLeaf(node) && tree.parent(node) > 0;
      logTau[node] = fails ? Double.NEGATIVE_INFINITY : 0;
    }
    return logTau;
  }

  /** All steps towards the prefix get the same probability. */
  private static ArrayTree surePart(ArrayTree tree, RandomGenerator random) {
    int depth = random.nextInt(LEAST_SURE_DEPTH, MOST_SURE_DEPTH + 1);
    double mass = LEAST_SURE + (MOST_SURE - LEAST_SURE) * random.nextDouble();
    int[] depths = tree.depths();
    int[] prefixes =
        IntStream.range(0, tree.size())
            .filter(node -> depths[node] == depth && !tree.isLeaf(node))
            .toArray();
    double[] logTau = passOrFail(tree, random);
    if (prefixes.length == 0) {
      return tree.withLogValues(logTau);
    }
    double[] pi = IntStream.range(0, tree.size()).mapToDouble(tree::pi).toArray();
    int sure = prefixes[random.nextInt(prefixes.length)];
    for (int node = sure; node > 0; node = tree.parent(node)) {
      step(tree, node, Math.pow(mass, 1.0 / depth), pi);
    }
    boolean[] below = new boolean[tree.size()];
    below[sure] = true;
    for (int node = sure + 1; node < below.length; node++) {
      below[node] = below[tree.parent(node)];
      logTau[node] = below[node] ? 0 : logTau[node];
    }
    return tree.withPi(pi).withLogValues(logTau);
  }

  /** Sets the probability of a node and scales those of its siblings to the remainder. */
  private static void step(ArrayTree tree, int node, double probability, double[] pi) {
    double rest = (1 - probability) / (1 - pi[node]);
    int from = tree.firstChild(tree.parent(node));
    for (int child = from; child < from + tree.childCount(tree.parent(node)); child++) {
      pi[child] = child == node ? probability : pi[child] * rest;
    }
  }

  /** Some leaves pass; children that can pass lose probability until Z equals the drawn value. */
  private ArrayTree rare(ArrayTree tree, RandomGenerator random) {
    double[] logTau = new double[tree.size()];
    int[] leaves = IntStream.range(1, tree.size()).filter(tree::isLeaf).toArray();
    for (int leaf : leaves) {
      logTau[leaf] = Double.NEGATIVE_INFINITY;
    }
    boolean[] canPass = new boolean[tree.size()];
    canPass[0] = true;
    for (int left = passing(leaves.length, random); left > 0; left--) {
      int leaf = leaves[random.nextInt(leaves.length)];
      if (failing(tree, tree.parent(leaf), logTau) > 1) {
        logTau[leaf] = 0;
        for (int node = leaf; !canPass[node]; node = tree.parent(node)) {
          canPass[node] = true;
        }
      }
    }
    double z = least * Math.pow(most / least, 0.02 + 0.96 * random.nextDouble());
    return tree.withPi(new Penalty(tree, canPass).reaching(z)).withLogValues(logTau);
  }

  /** Number of leaves that pass: a few, or a share that no budget can visit. */
  private int passing(int leaves, RandomGenerator random) {
    return this == TINY
        ? (int) Math.ceil(leaves * (0.05 + 0.1 * random.nextDouble()))
        : 1 + random.nextInt(Math.clamp(leaves / 4, 1, MOST_PASSING));
  }

  /** Number of failing leaves among the children; a penalty has an effect only if one remains. */
  private static int failing(ArrayTree tree, int node, double[] logTau) {
    int failing = 0;
    for (int child = tree.firstChild(node); child < tree.firstChild(node + 1); child++) {
      failing += tree.isLeaf(child) && logTau[child] < 0 ? 1 : 0;
    }
    return failing;
  }

  /** Divides the probabilities of all children that can pass by one factor. */
  private static final class Penalty {
    private final ArrayTree tree;
    private final boolean[] canPass;
    private final int[] inner;

    Penalty(ArrayTree tree, boolean[] canPass) {
      this.tree = tree;
      this.canPass = canPass;
      this.inner =
          IntStream.range(0, tree.size())
              .filter(node -> canPass[node] && !tree.isLeaf(node))
              .toArray();
    }

    /** Probabilities at which Z equals a number, or is as near as a factor can bring it. */
    double[] reaching(double z) {
      double low = -20;
      double high = 40;
      for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (successProbability(probabilities(middle)) > z) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return probabilities(high);
    }

    private double[] probabilities(double penalty) {
      double[] pi = new double[tree.size()];
      for (int node = 0; node < pi.length; node++) {
        pi[node] = tree.pi(node);
      }
      for (int node : inner) {
        int from = tree.firstChild(node);
        double sum = 0;
        for (int child = from; child < from + tree.childCount(node); child++) {
          pi[child] *= canPass[child] ? Math.exp(-penalty) : 1;
          sum += pi[child];
        }
        for (int child = from; child < from + tree.childCount(node); child++) {
          pi[child] /= sum;
        }
      }
      return pi;
    }

    private double successProbability(double[] pi) {
      double[] value = new double[pi.length];
      Arrays.fill(value, 1);
      for (int i = inner.length - 1; i >= 0; i--) {
        int from = tree.firstChild(inner[i]);
        value[inner[i]] = 0;
        for (int child = from; child < from + tree.childCount(inner[i]); child++) {
          value[inner[i]] += canPass[child] ? pi[child] * value[child] : 0;
        }
      }
      return value[0];
    }
  }
}
