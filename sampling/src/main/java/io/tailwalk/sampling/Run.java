package io.tailwalk.sampling;

import io.tailwalk.core.HeapAdvice;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.frontier.Closing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The state of every run: the tree with its meter, the limits, and the stop reason. A run consists
 * of units (a batch of draws, a particle system, a sweep) that begin only while budget remains, and
 * are finished unless they would need more than {@link Budget#HARD_LIMIT} times the budget.
 *
 * <p>A mean over units is unbiased if it includes the units that were complete before the budget
 * was exceeded, or the first unit if that alone exceeds it: the total cost of n units does not
 * depend on their order, so the units that fit are exchangeable, and their mean has the expectation
 * of the first unit (Glynn and Heidelberger, "Bias properties of budget constrained simulations",
 * Operations Research 38, 1990). Including the unit that exceeds the budget biases the mean; see
 * {@link #withinBudget}. The order does not matter for model tokens, nodes, steps and memory; it
 * does, slightly, for model calls and wall time.
 */
public final class Run {
  /**
   * Steps without a new model token after which a run without a step limit ends as if it had
   * reached one: nothing else would stop a run on a small, completely known tree.
   */
  public static final long IDLE_STEPS = 1L << 18;

  /**
   * The same with sampled children. Copies of a tree whose draws are free never end, and each of
   * them costs work.
   */
  private static final long IDLE_STEPS_OF_COPIES = 1L << 14;

  /**
   * Steps allowed per model token, in addition to {@link #IDLE_STEPS}: draws that find almost
   * nothing new cost no tokens and could continue for millions of steps.
   */
  private static final long STEPS_A_TOKEN = 1024;

  /** More than this part of a budget is worth a note. */
  private static final double OVER = 1.05;

  /** Sampled roots without weight after which all roots are assumed to have none. */
  public static final int DEAD_ROOTS = 16;

  private final Explorer explorer;
  private final RunOptions options;
  private final SamplingListener listener;
  private final double intervalShare;
  private Budget budget;
  private Budget hard;
  private StopReason stopReason = StopReason.DONE;
  private final IdleSteps idleSteps = new IdleSteps();

  /** Steps at the time when the present limits were set. */
  private long stepsBefore;

  /** A new run. */
  public Run(SamplingProblem problem, RunOptions options, SamplingListener listener) {
    this(problem, options, listener, 0);
  }

  /**
   * A run that reserves a part of its budget for the interval.
   *
   * @param intervalShare part of the budget held back until {@link #openRest}, in [0, 1)
   */
  public Run(
      SamplingProblem problem,
      RunOptions options,
      SamplingListener listener,
      double intervalShare) {
    var meter = new CostMeter(options.nanoClock());
    var spec = problem.treeSpec(Streams.key(options.seed(), Purpose.TREE));
    this.intervalShare = intervalShare;
    this.budget = intervalShare == 0 ? options.budget() : options.budget().part(1 - intervalShare);
    this.hard = budget.times(Budget.HARD_LIMIT);
    this.explorer = new Explorer(spec, problem.context(), budget, meter);
    if (options.distributionBytes() < Long.MAX_VALUE) {
      explorer.keepDistributions(
          Math.min(options.distributionBytes(), explorer.mostDistributionBytes()));
    }
    explorer.limitBlocks(options.budget().times(Budget.HARD_LIMIT));
    this.options = options;
    this.listener = listener;
  }

  /** Makes the complete budget available and continues the run. */
  public void openAll() {
    limit(options.budget());
  }

  private void limit(Budget other) {
    budget = other;
    hard = other.times(Budget.HARD_LIMIT);
    explorer.limit(other);
    stepsBefore = explorer.meter().steps();
  }

  /**
   * Makes the reserved part available. A run that ended before its budget was used may use the same
   * share of its cost; a run without a live prefix may use all.
   *
   * @return whether any budget remains
   */
  public boolean openRest() {
    openAll();
    if (stopReason == StopReason.DONE) {
      limit(budget.atMost(explorer.meter().cost(), 1 / (1 - intervalShare)));
    }
    return intervalShare > 0 && !budget.isUnlimited() && !isCancelled();
  }

  /** The budget available now. */
  public Budget budget() {
    return budget;
  }

  /** Expansions that the remaining budget covers at their highest cost, at least 0. */
  public long expansionsLeft() {
    return explorer.affordable(budget);
  }

  /**
   * Copies of the tree that units may use in turn: 1 if children are enumerated, else so many that
   * their roots take a third of the remaining budget at most, and 2, which an interval needs, in
   * any case.
   *
   * @param most wanted number, at least 1
   */
  public int copies(int most) {
    return enumerates() ? 1 : Math.clamp(expansionsLeft() / 3, Math.min(2, most), most);
  }

  /** The expansions of a batch that can be paid within the hard limit. */
  public int affordable(int expansions) {
    return (int) Math.min(explorer.affordable(hard), expansions);
  }

  /** The tree. */
  public Explorer explorer() {
    return explorer;
  }

  /** The options of the run. */
  public RunOptions options() {
    return options;
  }

  /** The listener of the run. */
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

  /** Whether the next unit may begin; if not, the run has stopped. */
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
    if (budget.steps() < Long.MAX_VALUE) {
      return false;
    }
    long idle = enumerates() ? IDLE_STEPS : IDLE_STEPS_OF_COPIES;
    long steps = meter.steps() - stepsBefore;
    return idleSteps.since(meter) > idle || steps > idle + STEPS_A_TOKEN * meter.modelTokens();
  }

  /**
   * Whether the current unit may make another round; if not, the unit is cut and the run has
   * stopped. Reports progress.
   *
   * @param actions steps of the round, and the most nodes it may expand
   * @param modelTokens the maximal number of model tokens it may cost
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
   * Whether the cost is still within the budget: after a complete unit, this decides whether an
   * unbiased mean may include it.
   */
  public boolean withinBudget() {
    return !budget.exceeded(explorer.meter(), explorer.tree().memoryBytes());
  }

  /** Records that every unit died; a cancelled run remains cancelled. */
  public void noneSurvived() {
    if (stopReason != StopReason.CANCELLED) {
      stopReason = StopReason.DEAD;
    }
  }

  /**
   * Whether anything below the root has weight, {@code S(root) > 0}, on the first copy of the tree
   * or, with sampled children, on one of the first few; if not, or if the budget does not pay for
   * their children, the run has stopped.
   */
  public boolean rootIsAlive() {
    int copies = enumerates() ? 1 : DEAD_ROOTS;
    for (int copy = 0; copy < copies; copy++) {
      int root = explorer.root(copy);
      if (!explorer.tree().isExpanded(root) && !mayGoOn(1, explorer.tokensPerExpansion())) {
        return false;
      }
      explorer.expand(new int[] {root}, 1);
      if (explorer.tree().logOut(root) > Double.NEGATIVE_INFINITY) {
        return true;
      }
    }
    stopReason = StopReason.DEAD;
    return false;
  }

  /** Whether the listener has cancelled the run. */
  public boolean isCancelled() {
    return stopReason == StopReason.CANCELLED || listener.cancelled();
  }

  /** Records why the run has stopped. */
  public void stop(StopReason reason) {
    stopReason = reason;
  }

  /** Why the run has stopped; {@link StopReason#DONE} until something stops it. */
  public StopReason stopReason() {
    return stopReason;
  }

  /** Reports a leaf with positive reward, or an unfiltered draw, to the listener. */
  public void completed(int leaf) {
    listener.onCompletion(LeafSample.completion(explorer, leaf));
  }

  /**
   * The result of the run, with a note if more completions are returned than the sample is worth.
   */
  public Sampling result(
      List<Completion> draws,
      List<Completion> outcomes,
      Closing closing,
      double effectiveSampleSize,
      Map<String, Double> counts) {
    List<String> notes = notes(draws.size(), effectiveSampleSize);
    return result(draws, outcomes, closing, effectiveSampleSize, counts, notes);
  }

  /**
   * The result of the run.
   *
   * @param closing the closing estimate of the success probability
   * @param counts named counts; {@code discarded_tokens} is added: model tokens that are in no
   *     draw; and {@code recomputed_tokens}, if any: tokens that were evaluated again because
   *     memory was short, which are not model tokens of the budget
   * @param notes on the sample; notes on the budget and the memory are added
   */
  public Sampling result(
      List<Completion> draws,
      List<Completion> outcomes,
      Closing closing,
      double effectiveSampleSize,
      Map<String, Double> counts,
      List<String> notes) {
    Map<String, Double> all = new LinkedHashMap<>(counts);
    all.putAll(closing.evidence().diagnostics());
    all.put("discarded_tokens", (double) discardedTokens(draws));
    if (explorer.meter().tokensAgain() > 0) {
      all.put("recomputed_tokens", (double) explorer.meter().tokensAgain());
    }
    return new Sampling(
        draws,
        outcomes,
        closing.estimate(),
        closing.evidence().capital(),
        new Diagnostics(
            effectiveSampleSize,
            all,
            Stream.concat(notes.stream(), limitNotes().stream()).toList()),
        explorer.meter().cost(),
        stopReason);
  }

  private static List<String> notes(int draws, double effectiveSampleSize) {
    return draws > 1 && effectiveSampleSize > 0 && effectiveSampleSize < draws * (1 - 1e-9)
        ? List.of(
            String.format(
                Locale.ROOT,
                "the %d completions returned are from a sample worth %.1f independent draws, so some"
                    + " stand for one draw together; a larger budget spreads them",
                draws,
                effectiveSampleSize))
        : List.of();
  }

  /** Notes on a budget that was exceeded by more than a little, and on memory that was filled. */
  private List<String> limitNotes() {
    List<String> notes = new ArrayList<>();
    overBudget().ifPresent(notes::add);
    if (stopReason == StopReason.MEMORY) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the run ended early, after %,d model tokens, because its tree of %,d prefixes filled"
                  + " its memory of %,d MiB; %s, or lower the budget",
              explorer.meter().modelTokens(),
              explorer.tree().size(),
              options.budget().treeBytes() >> 20,
              HeapAdvice.larger()));
    }
    return notes;
  }

  private Optional<String> overBudget() {
    long tokens = explorer.meter().modelTokens();
    long limit = options.budget().modelTokens();
    return limit < Long.MAX_VALUE && tokens > limit * OVER
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "the run used %,d model tokens, %.0f%% more than its budget: what is begun within the"
                    + " budget is finished, because estimates without it would be biased; fewer"
                    + " parallel draws or a larger budget come closer",
                tokens,
                100.0 * (tokens - limit) / limit))
        : Optional.empty();
  }

  /** A draw of L tokens pushes L - 1 tokens through the model; shared prefixes count once. */
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
