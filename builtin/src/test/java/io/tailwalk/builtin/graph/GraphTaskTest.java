package io.tailwalk.builtin.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.random.Streams;
import io.tailwalk.testkit.StatisticalAssertions;
import io.tailwalk.testkit.Sweep;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphTaskTest {
  /** The sizes of the paper's figure 1; it does not give m. */
  private static final GraphShape PAPER = new GraphShape(8, 4, 64);

  private static GraphMixture everything() {
    return new GraphMixture(
        List.of(
            new GraphClass("a", 1, PathRule.LAYER_PARITY, HiddenBit.ONE),
            new GraphClass("b", 1, PathRule.OPPOSITE_PARITY, HiddenBit.ZERO),
            new GraphClass("c", 1, PathRule.UNIFORM, HiddenBit.EITHER),
            new GraphClass("d", 0, PathRule.UNIFORM, HiddenBit.EITHER),
            new GraphClass("e", 2, PathRule.GLOBAL_PARITY, HiddenBit.EITHER)),
        List.of(0.4, 0.1, 0.2, 0.1, 0.2));
  }

  /** Against the distribution from the definition; with an even and an odd number of integers. */
  @ParameterizedTest
  @ValueSource(ints = {6, 7})
  void logProb_tinyGraphs_isTheConditionalDistributionByEnumeration(int integers) {
    var shape = new GraphShape(2, 2, integers);
    var task = new GraphTask(shape, everything());
    var reference = new GraphReference(shape, everything());
    assertThat(reference.joint.values().stream().mapToDouble(p -> p).sum())
        .isCloseTo(1, within(1e-12));
    Map<String, Double> ofGraph = new HashMap<>();
    reference.joint.forEach((pair, p) -> ofGraph.merge(pair.graph(), p, Double::sum));
    reference.joint.forEach((pair, p) -> {
      int[] response = pair.response().stream().mapToInt(i -> i).toArray();
      double logProb = task.logProb(reference.graph(pair), response);
      assertThat(Math.exp(logProb))
          .isCloseTo(p / ofGraph.getOrDefault(pair.graph(), 0.0), within(1e-12));
    });
  }

  /** About 3,000 pairs of a graph and a response; 200,000 draws. */
  @Test
  void example_tinyGraphs_areDrawnFromTheDistributionByEnumeration() {
    var shape = new GraphShape(2, 2, 6);
    var task = new GraphTask(shape, everything());
    var reference = new GraphReference(shape, everything());
    Map<GraphReference.Pair, Long> counts = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      GraphExample example = task.example(1, i);
      var response = Arrays.stream(example.response()).boxed().toList();
      var pair = new GraphReference.Pair(GraphReference.key(example.graph()), response);
      counts.merge(pair, 1L, Long::sum);
    }
    StatisticalAssertions.at(1e-6).counts(reference.joint, counts).sees(0.1);
  }

  @Test
  void example_paperClasses_followTheirRules() {
    var task = new GraphTask(PAPER, GraphMixture.ofRules(2, 0.4, 0.3, 0.3));
    Sweep.of(2)
        .cases(300)
        .run((random, _) -> {
          GraphExample example = task.example(random);
          LayeredGraph graph = example.graph();
          assertThat(graph.numPaths()).isEqualTo(4);
          assertThat(graph.branchingLayers()).isEqualTo(2);
          assertThat(graph.isPath(example.response())).isTrue();
          int bit = HiddenBit.of(graph, PAPER);
          for (int layer = 0; layer < 8; layer++) {
            int parity = example.response()[layer + 1] % 2;
            List<Integer> passable = graph.layers().get(layer).passable();
            if (passable.size() == 1) {
              continue;
            }
            assertThat(passable.get(0) % 2).isNotEqualTo(passable.get(1) % 2);
            switch (example.classIndex()) {
              case 0 -> assertThat(parity).isEqualTo((layer + 2) % 2);
              case 1 -> assertThat(parity).isNotEqualTo((layer + 2) % 2);
              default -> assertThat(parity).isBetween(0, 1);
            }
          }
          assertThat(example.classIndex()).isNotEqualTo(bit == 1 ? 1 : 0);
        });
  }

  /**
   * Without the uniform class the hidden bit determines the rule, so every response has probability
   * 1.
   */
  @Test
  void logProb_fineTuningMixture_isDeterministic() {
    var task = new GraphTask(PAPER, GraphMixture.ofRules(2, 0.9, 0.1, 0));
    for (int i = 0; i < 200; i++) {
      GraphExample example = task.example(3, i);
      assertThat(task.logProb(example.graph(), example.response())).isZero();
    }
  }

  /** All paths together have probability 1, other responses 0. */
  @Test
  void logProb_allResponses_sumToOne() {
    var task = new GraphTask(PAPER, GraphMixture.ofRules(2, 0.5, 0.2, 0.3));
    for (int i = 0; i < 50; i++) {
      LayeredGraph graph = task.example(4, i).graph();
      double sum = 0;
      for (int choice = 0; choice < 4; choice++) {
        int[] path = new int[PAPER.horizon()];
        path[0] = graph.source();
        path[path.length - 1] = graph.target();
        int bits = choice;
        for (int layer = 0; layer < 8; layer++) {
          List<Integer> passable = graph.layers().get(layer).passable();
          path[layer + 1] = passable.get(bits % passable.size());
          bits /= passable.size();
        }
        sum += Math.exp(task.logProb(graph, path));
        path[4] = graph.layers().get(3).deadEnds().getFirst();
        assertThat(task.logProb(graph, path)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(task.logProb(graph, Arrays.copyOf(path, 9))).isEqualTo(Double.NEGATIVE_INFINITY);
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
    }
  }

  /** The paper's figure 2: 98 nodes in 24 layers, 12 of them branching. */
  @Test
  void example_horizonClasses_haveTheirPathsAndRule() {
    var shape = new GraphShape(24, 4, 100);
    var task = new GraphTask(shape, GraphMixture.ofHorizon(24, 4));
    long[] paths = {1, 4096, 16};
    int seen = 0;
    for (int i = 0; i < 300; i++) {
      GraphExample example = task.example(5, i);
      LayeredGraph graph = example.graph();
      seen |= 1 << example.classIndex();
      assertThat(graph.numPaths()).isEqualTo(paths[example.classIndex()]);
      assertThat(graph.isPath(example.response())).isTrue();
      assertThat(task.classDistribution(graph)[example.classIndex()]).isEqualTo(1);
      assertThat(task.logProb(graph, example.response()))
          .isCloseTo(example.classIndex() == 2 ? -Math.log(16) : 0, within(1e-12));
    }
    assertThat(seen).isEqualTo(0b111);
  }

  @Test
  void example_sameSeedAndNumber_isTheSame() {
    var task = new GraphTask(PAPER, GraphMixture.ofRules(2, 0.9, 0.1, 0));
    assertThat(task.example(6, 41).tokens()).isEqualTo(task.example(6, 41).tokens());
    assertThat(task.example(6, 41).tokens()).isNotEqualTo(task.example(6, 42).tokens());
    assertThat(task.example(6, 41).tokens()).isNotEqualTo(task.example(7, 41).tokens());
  }

  @Test
  void classDistribution_graphOfNoClass_isRefused() {
    var two = new GraphTask(PAPER, GraphMixture.ofRules(2, 0.9, 0.1, 0));
    var one = new GraphTask(PAPER, GraphMixture.ofRules(1, 0.9, 0.1, 0));
    LayeredGraph graph = one.example(Streams.of(7)).graph();
    assertThatThrownBy(() -> two.classDistribution(graph))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 branching layers");
  }

  @ParameterizedTest
  @CsvSource({"1,3,20", "4,1,20", "4,3,13"})
  void shape_withoutGraphs_isRefused(int layers, int width, int vocabulary) {
    assertThatThrownBy(() -> new GraphShape(layers, width, vocabulary))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void task_tooManyBranchingLayers_isRefused() {
    assertThatThrownBy(
            () -> new GraphTask(new GraphShape(2, 2, 6), GraphMixture.ofRules(3, 0.5, 0.5, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 branching layers");
  }

  @Test
  void mixture_weightsThatAreNoDistribution_isRefused() {
    assertThatThrownBy(() -> GraphMixture.ofRules(2, 0.9, 0.2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 in sum");
  }
}
