package io.tailwalk.sampling.particle;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.SmcParameters;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * N particles that move from the root to leaves together (sequential Monte Carlo, Del Moral, Doucet
 * and Jasra 2006; with values as twists). Each round every unfinished particle is weighted by the
 * factor of its move; the population is resampled when its effective size falls below a share of N.
 * Particles that have reached a leaf remain there with their weight and participate in resampling.
 * At the end the mean weight has expectation {@code Z}, and leaf l carries {@code pi(l) tau(l)} of
 * it in expectation, for any N and any resampling rule.
 *
 * <p>With {@link Rejuvenation}, every living particle is moved after every round by a kernel that
 * leaves the round's target invariant (resample-move: Gilks and Berzuini 2001), which keeps these
 * expectations.
 *
 * <p>Conditional on a path (Andrieu, Doucet and Holenstein 2010), particle 0 follows it and is
 * never replaced; resampling is then multinomial, for which that is exact.
 */
final class ParticleSystem {
  private static final int[] FREE = {};

  private final Run run;
  private final Proposal proposal;
  private final SmcParameters parameters;
  private final Chooser chooser;
  private final int[] retained;
  private final Rejuvenation rejuvenation;
  private final int[] at;
  private final double[] logWeight;
  private final int[] eve;
  private int moves;
  private int resamplings;

  private ParticleSystem(
      Run run,
      Proposal proposal,
      SmcParameters parameters,
      Chooser chooser,
      int root,
      int[] retained,
      Rejuvenation rejuvenation) {
    this.run = run;
    this.proposal = proposal;
    this.parameters = parameters;
    this.chooser = chooser;
    this.retained = retained;
    this.rejuvenation = rejuvenation;
    this.at = new int[parameters.particles()];
    this.logWeight = new double[at.length];
    this.eve = IntStream.range(0, at.length).toArray();
    Arrays.fill(at, root);
  }

  /** A system in which all particles are free. */
  static ParticleSystem free(
      Run run, Proposal proposal, SmcParameters parameters, Chooser chooser, int root) {
    return free(run, proposal, parameters, chooser, root, Rejuvenation.NONE);
  }

  /** A system in which all particles are free, and make further moves after every round. */
  static ParticleSystem free(
      Run run,
      Proposal proposal,
      SmcParameters parameters,
      Chooser chooser,
      int root,
      Rejuvenation rejuvenation) {
    return new ParticleSystem(run, proposal, parameters, chooser, root, FREE, rejuvenation);
  }

  /**
   * A system conditional on a path.
   *
   * @param retained the nodes after each move of particle 0, ending in a leaf
   */
  static ParticleSystem conditional(
      Run run,
      Proposal proposal,
      SmcParameters parameters,
      Chooser chooser,
      int root,
      int[] retained) {
    return new ParticleSystem(
        run, proposal, parameters, chooser, root, retained, Rejuvenation.NONE);
  }

  /**
   * Runs until no particle can move and all rounds of the rejuvenation are made; false if the run
   * cuts it short.
   */
  boolean finish() {
    var alone = new SystemsInStep(run, proposal);
    alone.add(this);
    alone.finish();
    return alone.isComplete();
  }

  /** Whether no particle can move and all rounds of the rejuvenation are made. */
  boolean isDone() {
    return moving().length == 0 && !(moves < rejuvenation.rounds() && isAnyAlive());
  }

  /** The nodes of the particles that can move; a particle's node may occur several times. */
  int[] waiting() {
    return nodes(moving());
  }

  /** Makes a round, given that {@link #waiting} nodes are prepared; false if the run cuts it. */
  boolean advance() {
    for (int i : moving()) {
      logWeight[i] += proposal.logFactorBefore(at[i]);
    }
    resampleIfUneven();
    return move(moving()) && rejuvenate();
  }

  private boolean isAlive(int particle) {
    return logWeight[particle] > Double.NEGATIVE_INFINITY;
  }

  private boolean isAnyAlive() {
    return IntStream.range(0, at.length).anyMatch(this::isAlive);
  }

  private int[] moving() {
    GenerationTree tree = run.explorer().tree();
    return IntStream.range(0, at.length).filter(i -> isAlive(i) && !tree.isLeaf(at[i])).toArray();
  }

  private int[] nodes(int[] particles) {
    return Arrays.stream(particles).map(i -> at[i]).toArray();
  }

  private boolean move(int[] moving) {
    boolean pinned = retained.length > 0 && moving.length > 0 && moving[0] == 0;
    int[] free = pinned ? Arrays.copyOfRange(moving, 1, moving.length) : moving;
    int[] drawn = proposal.move(nodes(free), chooser);
    int[] to = new int[moving.length];
    if (pinned) {
      to[0] = retained[moves];
    }
    System.arraycopy(drawn, 0, to, moving.length - free.length, drawn.length);
    if (!proposal.settle(to)) {
      return false;
    }
    for (int j = 0; j < moving.length; j++) {
      int i = moving[j];
      logWeight[i] += proposal.logFactorAfter(at[i], to[j]);
      at[i] = to[j];
    }
    moves++;
    return true;
  }

  /** Weights stay: each move leaves the target of the round invariant. */
  private boolean rejuvenate() {
    int[] alive = IntStream.range(0, at.length).filter(this::isAlive).toArray();
    int[] moved = nodes(alive);
    if (!rejuvenation.move(moved, moves, chooser)) {
      return false;
    }
    for (int j = 0; j < alive.length; j++) {
      at[alive[j]] = moved[j];
    }
    return true;
  }

  private void resampleIfUneven() {
    double max = Arrays.stream(logWeight).max().orElse(Double.NEGATIVE_INFINITY);
    if (max == Double.NEGATIVE_INFINITY) {
      return;
    }
    double[] cumulative = new double[at.length];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < at.length; i++) {
      double weight = Math.exp(logWeight[i] - max);
      sum += weight;
      squares += weight * weight;
      cumulative[i] = sum;
    }
    if (sum * sum / squares < parameters.essThreshold() * at.length) {
      resample(cumulative, sum);
      Arrays.fill(logWeight, max + Math.log(sum / at.length));
    }
  }

  private void resample(double[] cumulative, double sum) {
    for (int i = 0; i < at.length; i++) {
      cumulative[i] = cumulative[i] == sum ? at.length : cumulative[i] * at.length / sum;
    }
    int[] ancestors =
        retained.length == 0
            ? parameters.resampling().ancestors(cumulative, chooser)
            : conditionalAncestors(cumulative);
    int[] atBefore = at.clone();
    int[] eveBefore = eve.clone();
    for (int i = 0; i < at.length; i++) {
      at[i] = atBefore[ancestors[i]];
      eve[i] = eveBefore[ancestors[i]];
    }
    resamplings++;
  }

  private int[] conditionalAncestors(double[] cumulative) {
    int[] ancestors = new int[at.length];
    for (int i = 1; i < at.length; i++) {
      ancestors[i] = chooser.categorical(cumulative, 0, at.length);
    }
    return ancestors;
  }

  /** Number of particles. */
  int size() {
    return at.length;
  }

  /** The leaf of a particle, or the node where it died if its weight is zero. */
  int leaf(int particle) {
    return at[particle];
  }

  /** The log of the weight of a particle; {@code -inf} if it died. */
  double logWeight(int particle) {
    return logWeight[particle];
  }

  /** Number of resampling steps. */
  int resamplings() {
    return resamplings;
  }

  /** {@code log Z-hat}, the log of the mean weight; {@code -inf} if all particles died. */
  double logMass() {
    double max = Arrays.stream(logWeight).max().orElse(Double.NEGATIVE_INFINITY);
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = Arrays.stream(logWeight).map(w -> Math.exp(w - max)).sum();
    return max + Math.log(sum / at.length);
  }

  /** The first-round ancestor of a particle. */
  int eve(int particle) {
    return eve[particle];
  }

  /**
   * The share of the final weight that descends from each particle of the first round; all zero if
   * all died.
   */
  double[] familyShares() {
    double[] shares = new double[at.length];
    double logTotal = logMass() + Math.log(at.length);
    for (int i = 0; i < at.length; i++) {
      shares[eve[i]] += isAlive(i) ? Math.exp(logWeight[i] - logTotal) : 0;
    }
    return shares;
  }
}
