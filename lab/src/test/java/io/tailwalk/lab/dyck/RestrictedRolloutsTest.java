package io.tailwalk.lab.dyck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.values.LabelledPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RestrictedRolloutsTest {
  private static final int COUNT = 20_000;

  private final Task task = SmallTask.task();
  private final RestrictedRollouts rollouts = new RestrictedRollouts(task);

  /** Planted: labels without weights, which are 1 wherever a response exists, are far off. */
  @Test
  void labels_mean_isTheProbabilityOfCompletion() {
    Map<Long, List<Double>> labels = new HashMap<>();
    Map<Long, Double> exact = new HashMap<>();
    try (ModelContext context =
        task.model()
            .open(
                task.verifier().beginning(),
                new ContextOptions(task.verifier().responseLength(), 1))) {
      for (int number = 0; number < COUNT; number++) {
        for (LabelledPrefix labelled : rollouts.draw(7, number)) {
          int[] tokens = labelled.prefix().tokenIds();
          long key = Keys.of(tokens, tokens.length);
          labels.computeIfAbsent(key, _ -> new ArrayList<>()).add(labelled.value());
          exact.computeIfAbsent(key, _ -> completion(context, tokens));
        }
      }
    }
    int checked = 0;
    for (var entry : labels.entrySet()) {
      double[] all = entry.getValue().stream().mapToDouble(Double::doubleValue).toArray();
      double value = Objects.requireNonNull(exact.get(entry.getKey()));
      if (value == 0) {
        assertThat(all).containsOnly(0);
      } else if (all.length >= 100) {
        double mean = Arrays.stream(all).average().orElseThrow();
        double squares = Arrays.stream(all).map(x -> (x - mean) * (x - mean)).sum();
        double error = Math.sqrt(squares) / all.length;
        assertThat(mean).isCloseTo(value, within(5 * error + 1e-12));
        assertThat(value).isLessThan(0.95);
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(20);
  }

  private double completion(ModelContext context, int[] tokens) {
    if (!task.verifier().canBegin(tokens)) {
      return 0;
    }
    if (tokens.length == task.verifier().responseLength()) {
      return 1;
    }
    LogProbs distribution = context.next(new int[][] {tokens})[0];
    double sum = 0;
    for (int token = 0; token < DyckLanguage.NUM_TOKENS; token++) {
      int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
      longer[tokens.length] = token;
      sum += Math.exp(distribution.logProb(token)) * completion(context, longer);
    }
    return sum;
  }

  @Test
  void learn_smallTask_beatsAConstant() {
    ValueSeries values = ValueSeries.learn(task, SmallTask.plan(4), 3, Watch.NONE);
    assertThat(values.prefixes()).isGreaterThan(values.completable());
    assertThat(values.values()).hasSize(2);
    assertThat(values.heldOutLoss().getLast()).isLessThan(values.heldOutLoss().getFirst());
    ValueSeries again = ValueSeries.learn(task, SmallTask.plan(4), 3, Watch.NONE);
    assertThat(again.heldOutLoss()).isEqualTo(values.heldOutLoss());
  }
}
