package io.tailwalk.lab.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.graph.GraphMixture;
import io.tailwalk.builtin.graph.GraphShape;
import io.tailwalk.builtin.graph.GraphTask;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.data.TrainingData;
import io.tailwalk.train.evaluate.HeldOutPrompt;
import io.tailwalk.train.evaluate.HeldOutResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphExamplesTest {
  private static final GraphShape SHAPE = new GraphShape(4, 3, 16);

  @Test
  void fresh_anyOrderOfSteps_givesTheSameBatchesAndNoExampleTwice() {
    var task = new GraphTask(SHAPE, GraphMixture.ofRules(2, 0.9, 0.1, 0));
    TrainingData data = GraphExamples.fresh(List.of(task), 8, 3);
    List<Example> late = data.batch(5);
    List<Example> early = data.batch(0);
    assertThat(early).hasSize(8);
    assertThat(texts(data.batch(5))).isEqualTo(texts(late));
    assertThat(texts(early)).doesNotContainAnyElementsOf(texts(late));
    assertThat(texts(GraphExamples.fresh(List.of(task), 8, 4).batch(0))).isNotEqualTo(texts(early));
    assertThat(GraphExamples.fresh(List.of(task), 8, 4).fingerprint())
        .isNotEqualTo(data.fingerprint());
  }

  private static List<String> texts(List<Example> examples) {
    return examples.stream()
        .map(e -> Arrays.toString(e.prompt()) + Arrays.toString(e.response()))
        .toList();
  }

  @Test
  void heldOut_ruledClasses_haveOneResponseOfProbabilityOne() {
    var task = new GraphTask(SHAPE, GraphMixture.ofRules(2, 0.9, 0.1, 0));
    for (HeldOutPrompt prompt : GraphExamples.heldOut(task, 50, 1)) {
      HeldOutResponse only = prompt.responses().getFirst();
      assertThat(prompt.responses()).hasSize(1);
      assertThat(only.logProb()).isZero();
      assertThat(only.accepted()).isTrue();
    }
  }

  @Test
  void heldOut_uniformClass_hasTheDistributionOfItsPaths() {
    var task = new GraphTask(SHAPE, GraphMixture.ofRules(2, 0, 0, 1));
    assertThat(GraphExamples.heldOut(task, 20, 1))
        .allSatisfy(prompt ->
            assertThat(prompt.responses().getFirst().logProb())
                .isEqualTo(Math.log(0.25), org.assertj.core.api.Assertions.within(1e-12)));
  }
}
