package io.tailwalk.builtin.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.random.Streams;
import io.tailwalk.testkit.StatisticalAssertions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphPromptsTest {
  private static final GraphShape SHAPE = new GraphShape(8, 4, 40);
  private static final GraphTask TASK = new GraphTask(SHAPE, GraphMixture.ofRules(2, 0.9, 0.1, 0));

  @Test
  void decode_encodedGraph_isTheSameGraph() {
    for (int i = 0; i < 100; i++) {
      GraphExample example = TASK.example(1, i);
      LayeredGraph decoded = GraphPrompts.decode(example.prompt(), SHAPE);
      assertThat(GraphReference.key(decoded)).isEqualTo(GraphReference.key(example.graph()));
      assertThat(TASK.logProb(decoded, example.response())).isZero();
    }
  }

  /** 4 edges from the source, 4 from each passable node, 1 where the next layer is the target. */
  @Test
  void encode_paperSizes_hasThePapersEdges() {
    var edges = new TreeSet<Integer>();
    for (int i = 0; i < 100; i++) {
      GraphExample example = TASK.example(2, i);
      boolean last = example.graph().layers().getLast().branches();
      assertThat(example.graph().edges()).hasSize(last ? 38 : 41);
      assertThat(example.prompt()).hasSize(last ? 117 : 126);
      assertThat(example.response()).hasSize(SHAPE.horizon());
      edges.add(example.graph().edges().size());
    }
    assertThat(edges).containsExactly(38, 41);
    assertThat(SHAPE.maxPromptTokens(2)).isEqualTo(126);
    assertThat(TASK.maxTokens()).isEqualTo(136);
  }

  @ParameterizedTest
  @CsvSource({"0,2", "1,2", "2,2", "1,3", "3,3"})
  void maxPromptTokens_everyBranching_isReachedAndNeverExceeded(int branching, int width) {
    var shape = new GraphShape(3, width, 12);
    var task = new GraphTask(shape, GraphMixture.ofRules(branching, 0, 0, 1));
    int longest = 0;
    for (int i = 0; i < 100; i++) {
      longest = Math.max(longest, task.example(3, i).prompt().length);
    }
    assertThat(longest).isEqualTo(shape.maxPromptTokens(branching));
  }

  @Test
  void encode_anyEdge_isEquallyLikelyAnywhere() {
    LayeredGraph graph = TASK.example(4, 0).graph();
    LayeredGraph.Edge first = graph.edges().getFirst();
    int edges = graph.edges().size();
    Map<Integer, Double> distribution = new LinkedHashMap<>();
    IntStream.range(0, edges).forEach(i -> distribution.put(i, 1.0 / edges));
    Map<Integer, Long> counts = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      int[] prompt = GraphPrompts.encode(graph, SHAPE, Streams.of(5, i));
      for (int e = 0; e < edges; e++) {
        if (prompt[3 * e] == first.from() && prompt[3 * e + 1] == first.to()) {
          counts.merge(e, 1L, Long::sum);
        }
      }
    }
    StatisticalAssertions.at(1e-6).counts(distribution, counts).sees(0.1);
  }

  @Test
  void encode_smallGraph_readsAsThePaperPrintsIt() {
    var shape = new GraphShape(2, 2, 6);
    var graph =
        new LayeredGraph(
            5,
            0,
            List.of(
                new LayeredGraph.Layer(List.of(1), List.of(2)),
                new LayeredGraph.Layer(List.of(4, 3), List.of())));
    var vocabulary = new GraphVocabulary(shape);
    String text = vocabulary.decode(GraphPrompts.encode(graph, shape, Streams.of(1)));
    assertThat(text.strip().split(" [|/] "))
        .containsExactlyInAnyOrder("5 1", "5 2", "1 4", "1 3", "4 0", "3 0", "5 0 =");
    assertThat(text).endsWith(" / 5 0 =").containsOnlyOnce("/");
    assertThat(vocabulary.decode(vocabulary.encode(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "5 1 | 5 2 | 1 4 | 1 3 | 4 0 | 3 0 / 5 0; last token",
        "5 1 | 5 2 | 1 4 | 1 3 | 4 0 / 3 0 / 5 0 =; token 15",
        "5 1 | 5 2 | 1 4 | 1 3 | 4 0 | 4 0 / 5 0 =; edge 6, given twice",
        "5 1 | 5 2 | 1 4 | 4 0 / 5 0 =; layer 2",
        "5 1 | 5 2 | 1 4 | 1 3 | 4 0 | 2 = / 5 0 =; no node",
        "5 1 | 5 2 | 1 4 | 1 3 | 4 2 / 5 0 =; last layer",
        "5 1 | 5 2 | 1 4 | 1 3 | 4 0 | 0 5 / 5 0 =; number of edges",
      })
  void decode_anythingElse_isRefusedWithWhatIsWrong(String text, String what) {
    var shape = new GraphShape(2, 2, 6);
    int[] prompt = new GraphVocabulary(shape).encode(text);
    assertThatThrownBy(() -> GraphPrompts.decode(prompt, shape))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(what);
  }

  @Test
  void vocabulary_unknownWord_isRefused() {
    assertThatThrownBy(() -> new GraphVocabulary(SHAPE).encode("1 40 |"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"40\"");
  }
}
