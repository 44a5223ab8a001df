package io.tailwalk.sampling.independent;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.estimate.PlainDraws;
import java.util.Arrays;

/**
 * Complete responses in batches that grow in parallel. The size of every batch depends only on the
 * budget, the limits and the number of earlier responses, never on their content. A batch in which
 * every response has full length uses less than half the budget, so that a batch begun in time is
 * rarely cut; a cut batch is dropped completely.
 */
public final class IndependentDraws {

  /** The treatment of a complete response. */
  @FunctionalInterface
  public interface Judge {
    /** The log of the weight of a leaf; {@code -inf} refuses it. */
    double logWeight(int leaf, Chooser chooser);
  }

  /** Upper bound of the memory of a node of the tree, without the probabilities of its children. */
  private static final double BYTES_A_NODE = 512;

  private final Run run;
  private final Growth growth;
  private final Judge judge;
  private final int parallel;
  private final long firstStream;
  private final LeafSample sample = new LeafSample();
  private int counted;
  private int accepted;
  private int deadEnds;
  private int cut;

  /**
   * Without draws.
   *
   * @param parallel maximal number of responses that grow in parallel, at least 1
   */
  public IndependentDraws(Run run, Growth growth, Judge judge, int parallel) {
    this(run, growth, judge, parallel, 0);
  }

  /**
   * Without draws.
   *
   * @param parallel maximal number of responses that grow in parallel, at least 1
   * @param firstStream number of the first draw's random stream, for runs that have used others
   */
  public IndependentDraws(Run run, Growth growth, Judge judge, int parallel, long firstStream) {
    this.run = run;
    this.firstStream = firstStream;
    this.growth = growth;
    this.judge = judge;
    this.parallel = within(run, growth, parallel);
  }

  private static int within(Run run, Growth growth, int parallel) {
    Budget budget = run.budget();
    long actions = growth.mostActions(run.explorer().spec().maxTokens());
    long fit = budget.modelTokens() / (2 * actions * growth.tokensPerAction());
    fit = Math.min(fit, Math.min(budget.nodes(), budget.steps()) / (2 * actions));
    return Math.clamp(fit, 1, parallel);
  }

  /**
   * Draws until the given number of responses have been drawn, or the run stops.
   *
   * @param limit number of responses, accepted or not
   */
  public void draw(int limit) {
    while (sample.size() < limit && run.mayBegin()) {
      if (!drawBatch(Math.min(parallel, limit - sample.size()))) {
        return;
      }
    }
  }

  /**
   * What decided the number of responses, after {@link #draw} has returned.
   *
   * @param limit the limit given to it
   */
  public PlainDraws.Count numberBy(int limit) {
    if (run.stopReason() != StopReason.DONE) {
      return PlainDraws.Count.CUT;
    }
    return paidWhateverIsDrawn(limit) ? PlainDraws.Count.FIXED : PlainDraws.Count.REACHED;
  }

  /** Whether the given number of responses of full length fit within the budget. */
  private boolean paidWhateverIsDrawn(int responses) {
    Budget budget = run.options().budget();
    double actions = (double) responses * growth.mostActions(run.explorer().spec().maxTokens());
    double tokens = actions * growth.tokensPerAction();
    double distribution = Double.BYTES * (double) run.explorer().spec().vocabulary().size();
    double kept = tokens * distribution;
    if (growth.isBounded()) {
      kept = Math.min(kept, run.explorer().mostDistributionBytes() + distribution);
    }
    return tokens < Math.min(budget.modelTokens(), budget.nodes())
        && tokens < Math.min(budget.modelCalls(), budget.steps())
        && tokens * BYTES_A_NODE + kept < budget.treeBytes()
        && budget.wallNanos() == Budget.UNLIMITED.wallNanos();
  }

  /** Draws until the given number of responses are accepted, for high acceptance rates. */
  public void accept(int wanted) {
    while (accepted < wanted && run.mayBegin()) {
      if (!drawBatch(Math.min(parallel, wanted - accepted))) {
        return;
      }
    }
  }

  /**
   * Draws until the given number of responses are accepted, for low acceptance rates: batches
   * double.
   */
  public void acceptSome(int wanted) {
    while (accepted < wanted && run.mayBegin()) {
      if (!drawBatch(Math.min(parallel, Math.max(wanted, sample.size())))) {
        return;
      }
    }
  }

  private boolean drawBatch(int count) {
    GenerationTree tree = run.explorer().tree();
    int[] at = new int[count];
    Chooser[] choosers = new Chooser[count];
    growth.begin(count);
    for (int i = 0; i < count; i++) {
      choosers[i] = run.chooser(firstStream + sample.size() + i);
      at[i] = growth.root(sample.size() + i);
    }
    for (int open = count; open > 0; open = Growth.open(tree, at).length) {
      if (!run.mayGoOn(open, (long) open * growth.tokensPerAction())) {
        cut += count;
        return false;
      }
      growth.grow(at, choosers);
      run.explorer().meter().addSteps(open);
    }
    judge(at, choosers);
    return true;
  }

  private void judge(int[] at, Chooser[] choosers) {
    boolean first = sample.size() == 0;
    int[] leaves = Arrays.stream(at).filter(node -> node != GenerationTree.NONE).toArray();
    run.explorer().value(leaves, leaves.length);
    for (int i = 0; i < at.length; i++) {
      boolean dead = at[i] == GenerationTree.NONE;
      double logWeight = dead ? Double.NEGATIVE_INFINITY : judge.logWeight(at[i], choosers[i]);
      sample.addLog(at[i], logWeight);
      deadEnds += dead ? 1 : 0;
      if (logWeight > Double.NEGATIVE_INFINITY) {
        accepted++;
        run.completed(at[i]);
      }
    }
    if (first || run.withinBudget()) {
      counted = sample.size();
    }
  }

  /** All responses in the order drawn, with their weights. */
  public LeafSample sample() {
    return sample;
  }

  /** The number of first responses that an unbiased mean may include, see {@link Run}. */
  public int counted() {
    return counted;
  }

  /** Responses of positive weight. */
  public int accepted() {
    return accepted;
  }

  /** Responses that reached a dead end. */
  public int deadEnds() {
    return deadEnds;
  }

  /** Responses dropped because their batch was cut. */
  public int cut() {
    return cut;
  }
}
