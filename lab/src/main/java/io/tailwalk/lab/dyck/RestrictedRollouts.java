package io.tailwalk.lab.dyck;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.values.LabelledPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Rollouts restricted to prefixes that some response completes, with importance weights: plain
 * rollouts behind a hard beginning hardly ever pass, and a value learned from them knows nothing.
 *
 * <p>Each bracket is drawn from the model among the {@code A_h} that leave the response
 * completable, whose probability is {@code a_h}. The label of the prefix of length h is {@code
 * prod_{j > h} a_j}: under the restricted continuation its mean is {@code sum_y prod_{j > h} (pi /
 * a_j) a_j} over the valid continuations y, the probability that the model completes the prefix,
 * {@code V*}. Each position also contributes a prefix that nothing completes, drawn from the model
 * among the others and continued by the model for a while, with label 0.
 *
 * @param task task of the samplers
 */
record RestrictedRollouts(Task task) {
  /** Probability that a prefix that nothing completes is continued by one more bracket. */
  private static final double CONTINUES = 0.5;

  /** Labelled prefixes of one rollout; the same seed and number give the same ones. */
  List<LabelledPrefix> draw(long seed, long number) {
    RandomGenerator random = Streams.of(seed, number);
    Completes wanted = task.verifier();
    int length = wanted.responseLength();
    var options = new ContextOptions(length, 1);
    try (ModelContext context = task.model().open(wanted.beginning(), options)) {
      List<int[]> alive = new ArrayList<>();
      List<int[]> dead = new ArrayList<>();
      double[] masses = new double[length];
      int[] prefix = new int[0];
      for (int h = 0; h < length; h++) {
        Split split = split(context, prefix);
        masses[h] = split.mass();
        boolean inner = h + 1 < length;
        if (inner && split.hasDead()) {
          dead.addAll(dead(context, append(prefix, split.drawDead(random)), length, random));
        }
        prefix = append(prefix, split.drawAlive(random));
        if (inner) {
          alive.add(prefix);
        }
      }
      return labelled(alive, masses, dead);
    }
  }

  private List<LabelledPrefix> labelled(List<int[]> alive, double[] masses, List<int[]> dead) {
    List<LabelledPrefix> labelled = new ArrayList<>();
    for (int[] prefix : alive) {
      double rest = 1;
      for (int h = prefix.length; h < masses.length; h++) {
        rest *= masses[h];
      }
      labelled.add(new LabelledPrefix(candidate(prefix), rest));
    }
    dead.forEach(prefix -> labelled.add(new LabelledPrefix(candidate(prefix), 0)));
    return labelled;
  }

  private Candidate candidate(int[] prefix) {
    return Candidate.partial(task.prompt(), task.model().vocabulary(), prefix);
  }

  private static List<int[]> dead(
      ModelContext context, int[] first, int length, RandomGenerator random) {
    List<int[]> all = new ArrayList<>(List.of(first));
    while (all.getLast().length + 1 < length && random.nextDouble() < CONTINUES) {
      double[] shares = shares(context, all.getLast());
      all.add(append(all.getLast(), draw(shares, random)));
    }
    return all;
  }

  /** Probabilities of the next bracket, apart for those after which some response is valid. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Split(double[] alive, double[] dead) {
    double mass() {
      return Arrays.stream(alive).sum();
    }

    boolean hasDead() {
      return Arrays.stream(dead).sum() > 0;
    }

    int drawAlive(RandomGenerator random) {
      return RestrictedRollouts.draw(alive, random);
    }

    int drawDead(RandomGenerator random) {
      return RestrictedRollouts.draw(dead, random);
    }
  }

  private Split split(ModelContext context, int[] prefix) {
    double[] alive = shares(context, prefix);
    double[] dead = new double[alive.length];
    for (int token = 0; token < alive.length; token++) {
      if (!task.verifier().canBegin(append(prefix, token))) {
        dead[token] = alive[token];
        alive[token] = 0;
      }
    }
    return new Split(alive, dead);
  }

  private static double[] shares(ModelContext context, int[] prefix) {
    LogProbs distribution = context.next(new int[][] {prefix})[0];
    double[] shares = new double[DyckLanguage.NUM_TOKENS];
    Arrays.setAll(shares, token -> Math.exp(distribution.logProb(token)));
    return shares;
  }

  private static int draw(double[] shares, RandomGenerator random) {
    double[] sums = new double[shares.length];
    double sum = 0;
    for (int token = 0; token < shares.length; token++) {
      sum += shares[token];
      sums[token] = sum;
    }
    return new RandomChooser(random).categorical(sums, 0, sums.length);
  }

  private static int[] append(int[] prefix, int token) {
    int[] longer = Arrays.copyOf(prefix, prefix.length + 1);
    longer[prefix.length] = token;
    return longer;
  }
}
