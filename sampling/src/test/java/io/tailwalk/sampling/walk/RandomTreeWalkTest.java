package io.tailwalk.sampling.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.tree.RandomTrees;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.Children;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.Fixtures;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.testkit.EnumeratingChooser;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The walks on 50 random trees (leaves at different depths, zeros in value and tilt, probabilities
 * down to 1e-12, chains of one child), enumerated and with sampled children and blocks; all
 * computations are exact. With {@code P(v)} the prior of a node on its tree, the stated measures
 * are invariant, tours regenerate at the root and flow {@code S(root)} returns there, so a tour
 * visits a leaf {@code P(l) tau(l) / S(root)} times in expectation: weighted by {@code S(root)},
 * exact.
 */
class RandomTreeWalkTest {
  private static final int TREES = 50;

  private static final List<ExpansionRule> RULES =
      List.of(Fixtures.ALL, new ExpansionRule.Sample(3, 1), new ExpansionRule.Sample(4, 2));

  /** A biased walk that continues downwards independent of V and S, as a control for this test. */
  private record Headlong(MomentumKernel right) implements WalkKernel {
    @Override
    public int start(int root) {
      return right.start(root);
    }

    @Override
    public int node(int position, Explorer explorer) {
      return right.node(position, explorer);
    }

    @Override
    public boolean arrivedFromAbove(int position) {
      return right.arrivedFromAbove(position);
    }

    @Override
    public boolean backAtRoot(int position, Explorer explorer) {
      return right.backAtRoot(position, explorer);
    }

    @Override
    public int step(int position, Explorer explorer, Chooser chooser) {
      int node = node(position, explorer);
      GenerationTree tree = explorer.tree();
      boolean canGoOn =
          arrivedFromAbove(position)
              && !tree.isLeaf(node)
              && tree.logOut(node) > Double.NEGATIVE_INFINITY;
      return canGoOn
          ? explorer.drawChild(node, chooser) << 1
          : right.step(position, explorer, chooser);
    }
  }

  private static Stream<WalkKernel> kernels() {
    return Stream.of(
        new VgbKernel(), new MomentumKernel(1), new MomentumKernel(0.5), new MomentumKernel(0));
  }

  /** One tree walked by one kernel. */
  private static final class Flows {
    private final WalkKernel kernel;
    private final Explorer explorer;
    private final Map<Integer, Double> priors = new HashMap<>(Map.of(GenerationTree.ROOT, 1.0));
    private final Map<Integer, Double> inflow = new LinkedHashMap<>();
    private double returning;

    Flows(WalkKernel kernel, Explorer explorer) {
      this.kernel = kernel;
      this.explorer = explorer;
      expand(GenerationTree.ROOT);
    }

    private void expand(int node) {
      if (explorer.tree().isLeaf(node) || explorer.tree().isExpanded(node)) {
        return;
      }
      explorer.expand(new int[] {node}, 1);
      Children children = Objects.requireNonNull(explorer.tree().children(node));
      for (int slot = 0; slot < children.count(); slot++) {
        if (children.logWeight(slot) > Double.NEGATIVE_INFINITY) {
          double prior = Math.exp(children.logPrior(slot));
          priors.put(explorer.childAt(node, slot), prior(node) * prior);
        }
      }
    }

    private double prior(int node) {
      return Objects.requireNonNull(priors.get(node));
    }

    boolean isAlive() {
      return explorer.tree().logOut(GenerationTree.ROOT) > Double.NEGATIVE_INFINITY;
    }

    private double in(int node) {
      return explorer.tree().isRoot(node)
          ? 0
          : prior(node) * Math.exp(explorer.tree().logValue(node));
    }

    private double out(int node) {
      return explorer.tree().isLeaf(node)
          ? 0
          : prior(node) * Math.exp(explorer.tree().logOut(node));
    }

    /** The invariant measure of a position, as stated in walks.md. */
    private double stated(int position) {
      int node = position >> 1;
      if (explorer.tree().isRoot(node)) {
        return out(node);
      }
      boolean fromBelow = kernel instanceof VgbKernel && !kernel.arrivedFromAbove(position);
      return fromBelow ? out(node) : in(node);
    }

    /** Largest excess of a position's flow over the stated measure, in units of rounding. */
    double worstError() {
      var open = new ArrayDeque<Integer>(List.of(kernel.start(GenerationTree.ROOT)));
      var seen = new HashMap<Integer, Boolean>();
      while (!open.isEmpty()) {
        int position = open.removeFirst();
        if (seen.put(position, true) != null) {
          continue;
        }
        if (kernel.backAtRoot(position, explorer)) {
          returning += stated(position);
          continue;
        }
        expand(kernel.node(position, explorer));
        double mass = stated(position);
        EnumeratingChooser.distribution(chooser -> kernel.step(position, explorer, chooser))
            .forEach((next, p) -> {
              inflow.merge(next, mass * p, Double::sum);
              open.addLast(next);
            });
      }
      double worst = 0;
      for (Map.Entry<Integer, Double> entry : inflow.entrySet()) {
        int node = entry.getKey() >> 1;
        double mass = stated(entry.getKey());
        int above = explorer.tree().walkParent(node);
        double around = in(node) + out(node) + (above < 0 ? 0 : in(above) + out(above));
        worst = Math.max(worst, Math.abs(entry.getValue() - mass) / (1e-9 * mass + 1e-12 * around));
      }
      double root = out(GenerationTree.ROOT);
      return Math.max(worst, Math.abs(returning - root) / (1e-9 * root));
    }
  }

  private static Flows flows(WalkKernel kernel, long tree, ExpansionRule rule) {
    SamplingProblem problem = Fixtures.sampling(RandomTrees.of(tree).problem(), rule);
    var explorer =
        new Explorer(
            problem.treeSpec(tree), problem.context(), Budget.UNLIMITED, new CostMeter(() -> 0));
    return new Flows(kernel, explorer);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void step_randomTrees_statedMassIsInvariant(WalkKernel kernel) {
    int alive = 0;
    for (ExpansionRule rule : RULES) {
      for (long tree = 0; tree < TREES; tree++) {
        Flows flows = flows(kernel, tree, rule);
        if (flows.isAlive()) {
          assertThat(flows.worstError()).as("tree %s, %s", tree, rule).isLessThan(1);
          alive++;
        }
      }
    }
    assertThat(alive).isGreaterThan(100);
  }

  @Test
  void step_biasedWalk_isCaught() {
    int caught = 0;
    for (long tree = 0; tree < TREES; tree++) {
      Flows flows = flows(new Headlong(new MomentumKernel(1)), tree, Fixtures.ALL);
      caught += flows.isAlive() && flows.worstError() > 1 ? 1 : 0;
    }
    assertThat(caught).isGreaterThan(TREES / 2);
  }
}
