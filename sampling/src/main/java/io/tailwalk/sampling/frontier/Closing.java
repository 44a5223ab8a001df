package io.tailwalk.sampling.frontier;

import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.Frontier;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.core.tree.Guide;
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
 * The closing phase of a run: the rest of its budget is used for draws that bound the success
 * probability from both sides, from the frontier if children are enumerated and from the model
 * itself if they are sampled; the interval combines all evidence.
 */
public final class Closing {
  private static final int PARALLEL = 16;

  /** Beyond the streams of the earlier runs. */
  private static final long FIRST_STREAM = 1L << 40;

  /** Maximal number of responses of one node in a sample. */
  private static final int LEAVES_PER_NODE = 16;

  private final Run run;
  private final Evidence evidence;
  private @Nullable FrontierDraws enumerated;
  private @Nullable IndependentDraws plain;

  /** Without draws. */
  public Closing(Run run, Evidence evidence) {
    this.run = run;
    this.evidence = evidence;
  }

  /**
   * Spends the rest of the budget of a run that has not stopped yet.
   *
   * @param guide corrects values for guided draws, if children are enumerated
   */
  public void spendAll(Guide guide) {
    if (!run.isCancelled()) {
      run.openAll();
      draw(FrontierDraws.PLAIN_SHARE, guide);
    }
  }

  /** Opens the part of the budget reserved for the interval and spends it. */
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
    draw(plainShare, Guide.NONE);
  }

  private void draw(double plainShare, Guide guide) {
    if (run.enumerates()) {
      var frontier = new Frontier(run.explorer(), GenerationTree.ROOT, guide);
      enumerated = new FrontierDraws(run, frontier, evidence, plainShare, PARALLEL);
      enumerated.run();
    } else {
      drawFromModel();
    }
  }

  /**
   * With sampled children an expansion costs several draws of the model, and only draws of the
   * model itself bound the success probability from above; therefore these are made.
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

  /** The evidence in addition to the tree. */
  public Evidence evidence() {
    return evidence;
  }

  /** The responses of the draws and of the earlier tree; empty before {@link #draw}. */
  public Optional<LeafSample> leaves() {
    if (enumerated != null) {
      return Optional.of(enumerated.sample().leaves(run, evidence.plainShare(), LEAVES_PER_NODE));
    }
    return Optional.ofNullable(plain).map(IndependentDraws::sample);
  }

  /** Whether there are enough draws for a sample. */
  public boolean isEnough() {
    return evidence.units().areEnough();
  }

  /** Whether the tree is known completely. */
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
