package io.tailwalk.sampling.frontier;

import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.Frontier;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.core.tree.KnownMass;
import io.tailwalk.core.verify.Rewards;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.estimate.Evidence;
import io.tailwalk.sampling.independent.BaseGrowth;
import io.tailwalk.sampling.independent.IndependentDraws;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run ends: what is left of its budget goes into draws that bound the success probability
 * from both sides, from the frontier where children are enumerated and of the model itself where
 * they are sampled; and the interval is made of all that is known.
 */
public final class Closing {
  private static final int PARALLEL = 16;

  /** Past the streams of the runs before. */
  private static final long FIRST_STREAM = 1L << 40;

  /** Responses of one node in a sample at most. */
  private static final int LEAVES_PER_NODE = 16;

  private final Run run;
  private final Evidence evidence;
  private @Nullable FrontierDraws enumerated;
  private @Nullable IndependentDraws plain;

  /** Nothing drawn yet. */
  public Closing(Run run, Evidence evidence) {
    this.run = run;
    this.evidence = evidence;
  }

  /** Spends all that is left of the run's budget, which nothing has stopped yet. */
  public void spendAll() {
    if (!run.isCancelled()) {
      run.openAll();
      draw(FrontierDraws.PLAIN_SHARE);
    }
  }

  /** Opens what the run has kept for the interval, and spends it. */
  public void spendRest() {
    StopReason ownReason = run.stopReason();
    if (run.openRest()) {
      draw(FrontierDraws.PLAIN_SHARE);
      if ((ownReason == StopReason.DONE || ownReason == StopReason.DEAD) && !run.isCancelled()) {
        run.stop(ownReason);
      }
    }
  }

  /**
   * Draws until the budget is used.
   *
   * @param plainShare probability of a draw by the model alone, in (0, 1]
   */
  public void draw(double plainShare) {
    if (run.enumerates()) {
      var frontier = new Frontier(run.explorer(), GenerationTree.ROOT);
      enumerated = new FrontierDraws(run, frontier, evidence, plainShare, PARALLEL);
      enumerated.run();
    } else {
      drawFromModel();
    }
  }

  /**
   * Where children are sampled, an expansion costs several draws of the model, and nothing but
   * draws of the model itself bounds the success probability from above: so those are made.
   */
  private void drawFromModel() {
    Explorer explorer = run.explorer();
    plain =
        new IndependentDraws(
            run,
            new BaseGrowth(explorer),
            (leaf, _) -> explorer.logValue(leaf),
            PARALLEL,
            FIRST_STREAM);
    plain.draw(Integer.MAX_VALUE);
    double bound = Rewards.bound(explorer.spec().verifier());
    double[] rewards = plain.sample().weights(plain.sample().size());
    for (double reward : rewards) {
      evidence.addBounded(0, reward, bound);
    }
    evidence.plainDraws(Arrays.copyOf(rewards, plain.counted()));
  }

  /** What is known beside the tree. */
  public Evidence evidence() {
    return evidence;
  }

  /** The responses of the draws, and of the tree before them; empty before {@link #draw}. */
  public Optional<LeafSample> leaves() {
    if (enumerated != null) {
      return Optional.of(enumerated.sample().leaves(run, evidence.plainShare(), LEAVES_PER_NODE));
    }
    return Optional.ofNullable(plain).map(IndependentDraws::sample);
  }

  /** Whether the draws are enough to rest a sample on. */
  public boolean isEnough() {
    return evidence.units().areEnough();
  }

  /** Whether the tree is known whole. */
  public boolean isExact() {
    return enumerated != null && enumerated.sample().frontier().isClosed();
  }

  /** The success probability with its interval. */
  public Estimate estimate() {
    double bound = Rewards.bound(run.explorer().spec().verifier());
    if (run.enumerates() && run.explorer().tree().isExpanded(GenerationTree.ROOT)) {
      Frontier frontier =
          enumerated != null
              ? enumerated.sample().frontier()
              : new Frontier(run.explorer(), GenerationTree.ROOT);
      return evidence.estimate(frontier.certain(bound), frontier.isClosed());
    }
    Interval certain = KnownMass.of(run.explorer()).certain(bound);
    return evidence.estimate(certain, false);
  }
}
