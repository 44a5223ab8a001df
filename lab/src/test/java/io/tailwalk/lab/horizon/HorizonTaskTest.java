package io.tailwalk.lab.horizon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.graph.GraphExample;
import io.tailwalk.builtin.graph.GraphMixture;
import io.tailwalk.builtin.graph.GraphPrompts;
import io.tailwalk.builtin.graph.GraphShape;
import io.tailwalk.builtin.graph.GraphTask;
import io.tailwalk.core.random.Streams;
import io.tailwalk.train.data.Example;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HorizonTaskTest {
  private final HorizonTask task = new HorizonTask(10, 2, 40);

  @Test
  void heldOut_logProbs_areThoseOfTheRules() {
    assertThat(task.heldOut(1, 0, 20).logProbs()).allMatch(p -> p == 0);
    assertThat(task.heldOut(1, 1, 20).logProbs()).allMatch(p -> p == 0);
    assertThat(task.heldOut(1, 2, 20).logProbs())
        .allSatisfy(p -> assertThat(p).isCloseTo(-4 * Math.log(2), within(1e-12)));
  }

  @Test
  void heldOut_sameSeed_samePromptsOthersWithAnother() {
    int[] prompt = task.heldOut(1, 1, 3).examples().get(2).prompt();
    assertThat(task.heldOut(1, 1, 9).first(3).examples().get(2).prompt()).isEqualTo(prompt);
    assertThat(task.heldOut(2, 1, 3).examples().get(2).prompt()).isNotEqualTo(prompt);
  }

  @Test
  void training_batch_isAFunctionOfSeedAndStep() {
    List<Example> batch = task.training(5, 8).batch(3);
    List<Example> again = task.training(5, 8).batch(3);
    for (int i = 0; i < 8; i++) {
      assertThat(again.get(i).prompt()).isEqualTo(batch.get(i).prompt());
      assertThat(again.get(i).response()).isEqualTo(batch.get(i).response());
    }
    assertThat(batch).isSortedAccordingTo((a, b) -> Integer.compare(a.length(), b.length()));
    assertThat(task.training(5, 8).batch(4).getFirst().prompt())
        .isNotEqualTo(batch.getFirst().prompt());
  }

  /**
   * With 8 layers the second class has four branching layers too, and its distribution is not its
   * own.
   */
  @Test
  void new_eightOrOddLayers_isRefused() {
    assertThatThrownBy(() -> new HorizonTask(8, 2, 40)).hasMessageContaining("above 8");
    assertThatThrownBy(() -> new HorizonTask(11, 2, 40)).hasMessageContaining("even");
  }

  @Test
  void reordered_edgesOutOfANode_comeBeforeThoseIntoIt() {
    var shape = new GraphShape(10, 2, 40);
    var graphs = new GraphTask(shape, GraphMixture.ofHorizon(10, 4).each().get(1));
    for (int i = 0; i < 50; i++) {
      GraphExample drawn = graphs.example(7, i);
      int[] prompt = Prompts.reordered(drawn, shape, Streams.of(i)).prompt();
      assertThat(new HashSet<>(GraphPrompts.decode(prompt, shape).edges()))
          .isEqualTo(new HashSet<>(drawn.graph().edges()));
      Set<Integer> entered = new HashSet<>();
      for (int at = 0; at < prompt.length - 3; at += 3) {
        assertThat(entered).doesNotContain(prompt[at]);
        entered.add(prompt[at + 1]);
      }
    }
  }

  @Test
  void reordered_otherRandomness_otherOrder() {
    var shape = new GraphShape(10, 2, 40);
    GraphExample drawn = new GraphTask(shape, GraphMixture.ofHorizon(10, 4)).example(7, 0);
    Set<List<Integer>> orders = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      List<Integer> tokens = new ArrayList<>();
      for (int token : Prompts.reordered(drawn, shape, Streams.of(i)).prompt()) {
        tokens.add(token);
      }
      orders.add(tokens);
    }
    assertThat(orders).hasSizeGreaterThan(15);
  }
}
