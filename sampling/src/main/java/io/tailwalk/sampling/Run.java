package io.tailwalk.sampling;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.estimate.Estimate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What every run has: the tree with its meter, the limits, and why it stopped. A run consists of
 * units (a batch of draws, a particle system, a sweep) that are begun only while the budget lasts,
 * and are finished unless they would need more than {@link #HARD_LIMIT} times the budget.
 *
 * <p>A mean over units is unbiased if it takes the units that were whole while the budget was not
 * exceeded, or the first unit if that alone exceeds it: what n units cost together does not depend
 * on their order, so the units that fit are exchangeable, and the expectation of their mean is that
 * of the first (Glynn and Heidelberger, "Bias properties of budget constrained simulations",
 * Operations Research 38, 1990). Taking in the unit that goes past the budget biases the mean; see
 * {@link #withinBudget}. The order does not matter for model tokens, nodes, steps and memory; it
 * does, slightly, for model calls and wall time.
 */
public final class Run {
  /** Times the budget at which units under way are cut. */
  public static final double HARD_LIMIT = 1.5;

  /**
   * Steps without a new model token after which a run without a step limit ends as if it had
   * reached one: on a small tree that is known whole nothing else would stop it.
   */
  public static final long IDLE_STEPS = 1L << 18;

  /** Sampled roots without weight that are taken to show that none has any. */
  public static final int DEAD_ROOTS = 16;

  private final Explorer explorer;
  private final RunOptions options;
  private final SamplingListener listener;
  private final Budget hard;
  private StopReason stopReason = StopReason.DONE;
  private long tokensSeen;
  private long stepsThen;

  /** A run at its beginning. */
  public Run(SamplingProblem problem, RunOptions options, SamplingListener listener) {
    var meter = new CostMeter(options.nanoClock());
    var spec = problem.treeSpec(Streams.key(options.seed(), Purpose.TREE));
    this.explorer = new Explorer(spec, problem.context(), options.budget(), meter);
    this.options = options;
    this.listener = listener;
    this.hard = options.budget().times(HARD_LIMIT);
  }

  /** The tree. */
  public Explorer explorer() {
    return explorer;
  }

  /** How the run is to go. */
  public RunOptions options() {
    return options;
  }

  /** Who hears of it. */
  public SamplingListener listener() {
    return listener;
  }

  /** Whether children are all tokens, so that one tree serves every unit. */
  public boolean enumerates() {
    return explorer.spec().rule() instanceof ExpansionRule.Enumerate;
  }

  /** The random stream of the moves of one draw or unit. */
  public Chooser chooser(long unit) {
    return new RandomChooser(Streams.of(options.seed(), Purpose.MOVES, unit));
  }

  /** Whether another unit may begin; if not, the run has stopped. */
  public boolean mayBegin() {
    Optional<StopReason> reached = explorer.budgetReached();
    if (listener.cancelled()) {
      stopReason = StopReason.CANCELLED;
      return false;
    }
    if (reached.isPresent() || isIdle()) {
      stopReason = reached.orElse(StopReason.STEPS);
      return false;
    }
    return true;
  }

  private boolean isIdle() {
    CostMeter meter = explorer.meter();
    if (meter.modelTokens() != tokensSeen || options.budget().steps() < Long.MAX_VALUE) {
      tokensSeen = meter.modelTokens();
      stepsThen = meter.steps();
    }
    return meter.steps() - stepsThen > IDLE_STEPS;
  }

  /**
   * Whether a unit under way may make another round; if not, the unit is cut and the run has
   * stopped. Reports progress.
   *
   * @param actions steps of the round, and the most nodes it may expand
   * @param modelTokens the most model tokens it may cost
   */
  public boolean mayGoOn(long actions, long modelTokens) {
    listener.onProgress(explorer.meter().cost());
    if (listener.cancelled()) {
      stopReason = StopReason.CANCELLED;
      return false;
    }
    CostMeter meter = explorer.meter();
    Optional<StopReason> cut = hard.reached(meter, explorer.tree().memoryBytes());
    if (cut.isEmpty() && hard.modelTokens() - meter.modelTokens() < modelTokens) {
      cut = Optional.of(StopReason.MODEL_TOKENS);
    } else if (cut.isEmpty() && hard.nodes() - meter.nodesExpanded() < actions) {
      cut = Optional.of(StopReason.NODES);
    } else if (cut.isEmpty() && hard.steps() - meter.steps() < actions) {
      cut = Optional.of(StopReason.STEPS);
    }
    cut.ifPresent(reason -> stopReason = reason);
    return cut.isEmpty();
  }

  /**
   * Whether the cost is still within the budget: asked when a unit is whole, it says whether an
   * unbiased mean may take it in.
   */
  public boolean withinBudget() {
    return !options.budget().exceeded(explorer.meter(), explorer.tree().memoryBytes());
  }

  /** Notes that every unit died; a run that was cancelled stays so. */
  public void noneSurvived() {
    if (stopReason != StopReason.CANCELLED) {
      stopReason = StopReason.DEAD;
    }
  }

  /**
   * Whether anything below the root has weight, {@code S(root) > 0}, on the first copy of the tree
   * or, where children are sampled, on one of the first few; if not, the run has stopped.
   */
  public boolean rootIsAlive() {
    int copies = enumerates() ? 1 : DEAD_ROOTS;
    for (int copy = 0; copy < copies; copy++) {
      int root = explorer.root(copy);
      explorer.expand(new int[] {root}, 1);
      if (explorer.tree().logOut(root) > Double.NEGATIVE_INFINITY) {
        return true;
      }
    }
    stopReason = StopReason.DEAD;
    return false;
  }

  /** Notes why the run has stopped. */
  public void stop(StopReason reason) {
    stopReason = reason;
  }

  /** Why the run has stopped; {@link StopReason#DONE} until something stops it. */
  public StopReason stopReason() {
    return stopReason;
  }

  /** Tells the listener of a leaf with positive reward, or of a draw that nothing filters. */
  public void completed(int leaf) {
    listener.onCompletion(LeafSample.completion(explorer, leaf));
  }

  /**
   * The result of the run.
   *
   * @param successProbability brought down to the verifier's bound where it lies above it
   * @param counts named counts; {@code discarded_tokens} is added: model tokens that are in none of
   *     the draws
   */
  public Sampling result(
      List<Completion> draws,
      List<Completion> outcomes,
      Optional<Estimate> successProbability,
      double effectiveSampleSize,
      Map<String, Double> counts) {
    Map<String, Double> all = new LinkedHashMap<>(counts);
    all.put("discarded_tokens", (double) discardedTokens(draws));
    return new Sampling(
        draws,
        outcomes,
        successProbability.map(mass -> mass.atMost(largestMass(outcomes))),
        new Diagnostics(effectiveSampleSize, all),
        explorer.meter().cost(),
        stopReason);
  }

  /**
   * What the success probability cannot exceed: the verifier's bound, unless a completion of this
   * run shows it wrong.
   */
  private double largestMass(List<Completion> outcomes) {
    double logBound = explorer.spec().verifier().logRewardBound();
    boolean holds = outcomes.stream().allMatch(outcome -> outcome.logReward() <= logBound);
    return holds ? Math.exp(logBound) : Double.POSITIVE_INFINITY;
  }

  /** A draw of L tokens needs L - 1 of them pushed through the model; shared prefixes once. */
  private long discardedTokens(List<Completion> draws) {
    GenerationTree tree = explorer.tree();
    Set<Integer> used = new HashSet<>();
    for (Completion draw : draws) {
      int node = GenerationTree.ROOT;
      for (int token : draw.tokenIds()) {
        node = tree.find(node, token);
        if (node == GenerationTree.NONE || tree.isLeaf(node)) {
          break;
        }
        used.add(node);
      }
    }
    return Math.max(0, explorer.meter().modelTokens() - used.size());
  }
}
