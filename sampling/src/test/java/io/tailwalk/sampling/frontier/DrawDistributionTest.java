package io.tailwalk.sampling.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.tree.ArrayTree;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.Children;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.Frontier;
import io.tailwalk.core.tree.FrontierNode;
import io.tailwalk.core.tree.FrontierPrefix;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.core.tree.Guide;
import io.tailwalk.sampling.Fixtures;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.TestTrees;
import io.tailwalk.sampling.estimate.FrontierUnits;
import io.tailwalk.testkit.EnumeratingChooser;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact distribution of draws from the frontier, by enumeration. */
class DrawDistributionTest {
  private static final double ZERO = Double.NEGATIVE_INFINITY;

  /** Corrections between -4 and 4 nats without any sense. */
  private static final Guide ANY_GUIDE =
      node -> (slot, logValue) -> 4 * Math.sin(17 * node + 5 * slot + logValue);

  /** Earlier expansion of the tree: none, by walks, by rounds of several particles. */
  private enum Before {
    NOTHING,
    WALKS,
    PARTICLES;

    void expand(Explorer explorer) {
      switch (this) {
        case NOTHING -> {}
        case WALKS -> {
          for (int walk = 0; walk < 2; walk++) {
            down(explorer, new RandomChooser(Streams.of(7, walk)));
          }
        }
        case PARTICLES -> {
          int[] at = new int[4];
          for (int depth = 0; depth < 2; depth++) {
            explorer.expand(at, at.length);
            for (int i = 0; i < at.length; i++) {
              at[i] = step(explorer, at[i], new RandomChooser(Streams.of(8, depth, i)));
            }
          }
        }
      }
    }

    private static void down(Explorer explorer, Chooser chooser) {
      int node = GenerationTree.ROOT;
      for (int before = -1; node != before; ) {
        explorer.expand(new int[] {node}, 1);
        before = node;
        node = step(explorer, node, chooser);
      }
    }

    /** A child by the value; the node itself if no child is open. */
    private static int step(Explorer explorer, int node, Chooser chooser) {
      if (explorer.tree().logOut(node) == ZERO) {
        return node;
      }
      int child = explorer.drawChild(node, chooser);
      return explorer.tree().isLeaf(child) ? node : child;
    }
  }

  private static Stream<ArrayTree> trees() {
    return Arrays.stream(TestTrees.small(8, 4, 14))
        .flatMap(tree ->
            Stream.of(
                tree,
                TestTrees.wrongValues(tree, Math.log(1000), Streams.of(3)),
                TestTrees.wrongZero(tree)));
  }

  /** Begins a draw like {@link FrontierDraws}. */
  private static Draw begin(Frontier frontier, double plainShare, Chooser chooser) {
    double share = frontier.logGuided() == ZERO ? 1 : plainShare;
    boolean plain = chooser.bernoulli(share);
    FrontierPrefix start = plain ? frontier.drawPlain(chooser) : frontier.drawGuided(chooser);
    double logY = frontier.logGuided() == ZERO ? ZERO : start.logValue() - frontier.logGuided();
    return new Draw(plain, chooser, start, new MixtureWeights(share, -frontier.logOpen(), logY));
  }

  private static void finish(Run run, Frontier frontier, FrontierSample sample, Draw draw, int t) {
    for (FrontierPrefix at = draw.at(); at != null; at = draw.at()) {
      run.explorer().expand(new int[] {frontier.node(at)}, 1);
      int before = frontier.size();
      var node = frontier.enter(at);
      if (frontier.size() > before) {
        sample.entered(node, t);
      }
      draw.pass(node);
    }
    sample.drawn(draw.visits());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5, 0.2})
  void draw_anyStateAndValues_hasMeanZWithinItsBounds(double plainShare) {
    assertMeanIsZ(plainShare, Guide.NONE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.2})
  void draw_anyGuide_hasMeanZWithinItsBounds(double plainShare) {
    assertMeanIsZ(plainShare, ANY_GUIDE);
  }

  private static void assertMeanIsZ(double plainShare, Guide guide) {
    int enumerated = 0;
    for (ArrayTree tree : trees().toList()) {
      for (Before before : Before.values()) {
        double z = Math.exp(tree.logZ());
        double bound = Math.exp(tree.logBound());
        if (frontier(tree, before).isClosed()) {
          continue;
        }
        Map<List<Double>, Double> distribution =
            EnumeratingChooser.distribution(chooser -> {
              Run run = Fixtures.run(tree.problem(), Fixtures.ALL);
              before.expand(run.explorer());
              Frontier frontier = new Frontier(run.explorer(), GenerationTree.ROOT, guide);
              double found = frontier.found();
              double open = Math.exp(frontier.logOpen());
              double share = frontier.logGuided() == ZERO ? 1 : plainShare;
              Draw draw = begin(frontier, plainShare, chooser);
              finish(run, frontier, new FrontierSample(frontier, new FrontierUnits()), draw, 1);
              assertThat(draw.sum()).isBetween(0.0, bound * open / share * (1 + 1e-12));
              assertThat(draw.plainSum())
                  .isBetween(0.0, draw.isPlain() ? bound * open * (1 + 1e-12) : 0);
              return List.of(found + draw.sum(), draw.isPlain() ? 1.0 : 0, draw.plainSum() + found);
            });
        double mean = mean(distribution, 0);
        assertThat(mean).as("%s after %s", tree.name(), before).isCloseTo(z, within(1e-9 * z));
        double ofPlain =
            distribution.entrySet().stream()
                .filter(e -> e.getKey().get(1) == 1)
                .mapToDouble(e -> e.getValue() * e.getKey().get(2))
                .sum();
        assertThat(ofPlain / mean(distribution, 1)).isCloseTo(z, within(1e-9 * z));
        enumerated++;
      }
    }
    assertThat(enumerated).isGreaterThan(60);
  }

  private static Frontier frontier(ArrayTree tree, Before before) {
    Run run = Fixtures.run(tree.problem(), Fixtures.ALL);
    before.expand(run.explorer());
    return new Frontier(run.explorer(), GenerationTree.ROOT);
  }

  private static double mean(Map<List<Double>, Double> distribution, int place) {
    return distribution.entrySet().stream()
        .mapToDouble(e -> e.getValue() * e.getKey().get(place))
        .sum();
  }

  /** The guided sum is that of all frontier prefixes, each with its own correction. */
  @Test
  void logGuided_anyGuide_isTheSumOverThePrefixes() {
    for (ArrayTree tree : trees().toList()) {
      for (Before before : Before.values()) {
        Run run = Fixtures.run(tree.problem(), Fixtures.ALL);
        before.expand(run.explorer());
        Frontier frontier = new Frontier(run.explorer(), GenerationTree.ROOT, ANY_GUIDE);
        double expected = 0;
        for (FrontierNode node : frontier.nodes()) {
          Children children = Objects.requireNonNull(run.explorer().tree().children(node.node()));
          for (int slot = 0; slot < children.count(); slot++) {
            double logValue = children.logValue(slot);
            if (logValue > ZERO && isOpen(run.explorer(), node, slot)) {
              double correction = ANY_GUIDE.of(node.node()).logFactor(slot, logValue);
              expected += Math.exp(node.logPi() + children.logPrior(slot) + logValue + correction);
            }
          }
        }
        assertThat(Math.exp(frontier.logGuided())).isCloseTo(expected, within(1e-9 * expected));
      }
    }
  }

  private static boolean isOpen(Explorer explorer, FrontierNode node, int slot) {
    Children children = Objects.requireNonNull(explorer.tree().children(node.node()));
    int child = explorer.childAt(node.node(), slot);
    return !explorer.tree().isExpanded(child) && children.undecided().get(slot);
  }

  /** After one draw, of either kind, every response has expected weight pi tau, found or not. */
  @Test
  void leaves_oneDraw_haveExpectedWeightPiTau() {
    for (ArrayTree tree : trees().toList()) {
      for (Before before : Before.values()) {
        if (!frontier(tree, before).isClosed()) {
          assertThat(meanWeights(tree, before, 1, 0.5)).as(tree.name()).satisfies(isPiTau(tree));
        }
      }
    }
  }

  /**
   * After two consecutive plain draws, the same holds for weights times {@code sum 1/R_t}, as for
   * units with predictable weights.
   */
  @Test
  void leaves_twoDraws_haveExpectedWeightPiTau() {
    for (ArrayTree tree : TestTrees.small(5, 4, 9)) {
      if (!frontier(tree, Before.NOTHING).isClosed()) {
        assertThat(meanWeights(tree, Before.NOTHING, 2, 1))
            .as(tree.name())
            .satisfies(isPiTau(tree));
      }
    }
  }

  private static org.assertj.core.api.ThrowingConsumer<double[]> isPiTau(ArrayTree tree) {
    return means -> {
      double z = Math.exp(tree.logZ());
      double[] logPi = tree.logPi();
      for (int node = 0; node < tree.size(); node++) {
        double expected = tree.isLeaf(node) ? Math.exp(logPi[node] + tree.logValue(node)) : 0;
        assertThat(means[node]).isCloseTo(expected, within(1e-9 * z));
      }
    };
  }

  /** Mean of weights over all paths, each path counted {@code sum_t 1/R_t} times. */
  private static double[] meanWeights(ArrayTree tree, Before before, int draws, double share) {
    Map<Map<Integer, Double>, Double> distribution =
        EnumeratingChooser.distribution(chooser -> {
          Run run = Fixtures.run(tree.problem(), Fixtures.ALL);
          before.expand(run.explorer());
          Frontier frontier = new Frontier(run.explorer(), GenerationTree.ROOT);
          var units = new FrontierUnits();
          var sample = new FrontierSample(frontier, units);
          double precision = 0;
          for (int t = 1; t <= draws && !frontier.isClosed(); t++) {
            double found = frontier.found();
            double logOpen = frontier.logOpen();
            Draw draw = begin(frontier, share, chooser);
            finish(run, frontier, sample, draw, t);
            units.add(found, logOpen, draw.sum(), draw.isPlain(), draw.plainSum());
            precision += draws == 1 ? 1 : Math.exp(-logOpen);
          }
          LeafSample leaves = sample.leaves(run, share, Integer.MAX_VALUE);
          Map<Integer, Double> weights = new LinkedHashMap<>();
          for (int i = 0; i < leaves.size(); i++) {
            int node = tree.nodeAt(run.explorer().tree().tokenIds(leaves.leaf(i)));
            weights.merge(node, leaves.weight(i), Double::sum);
          }
          weights.put(-1, precision);
          return weights;
        });
    double[] means = new double[tree.size()];
    double total = 0;
    for (Map.Entry<Map<Integer, Double>, Double> way : distribution.entrySet()) {
      double counts = way.getValue() * way.getKey().getOrDefault(-1, 0.0);
      total += counts;
      for (int node = 0; node < means.length; node++) {
        means[node] += counts * way.getKey().getOrDefault(node, 0.0);
      }
    }
    double all = total;
    return Arrays.stream(means).map(mean -> mean / all).toArray();
  }
}
