package io.tailwalk.lab.dyck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.lab.Problems;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampling;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompletionTreeTest {
  private final Task task = SmallTask.task();
  private final CompletionTree tree = CompletionTree.of(task);

  @Test
  void target_againstAllResponses_isTheConditionalDistribution() {
    Map<Long, Double> distribution = new HashMap<>();
    double[] mass = new double[1];
    responses(
        new int[0],
        0,
        (tokens, logProb) -> {
          if (isBalanced(tokens)) {
            distribution.put(Keys.of(tokens, tokens.length), Math.exp(logProb));
            mass[0] += Math.exp(logProb);
          }
        });
    assertThat(tree.size()).isEqualTo(distribution.size()).isGreaterThan(10);
    assertThat(tree.successProbability()).isCloseTo(mass[0], within(1e-12));
    double[] target = tree.target();
    for (int i = 0; i < target.length; i++) {
      double expected =
          distribution.getOrDefault(Keys.of(tree.leaf(i), SmallTask.LENGTH), 0.0) / mass[0];
      assertThat(target[i]).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void actionLevel_againstTheSampler_isItsDistributionAndItsShareOfDeadEnds() {
    double[] distribution = tree.actionLevel(new KnownValue(SmallTask.value()));
    double alive = Arrays.stream(distribution).sum();
    assertThat(alive).isBetween(0.02, 0.98);
    Sampling sampling =
        Problems.run(
            task.problem(SmallTask.value()),
            Entrant.actionLevel().sampler(),
            RunOptions.of(20_000, Budget.UNLIMITED, 3));
    double drawn = sampling.diagnostics().draws().drawn();
    double accepted = sampling.diagnostics().draws().accepted();
    // Five standard errors; a distribution that is right fails once in a million.
    assertThat(accepted / drawn).isCloseTo(alive, within(5 * Math.sqrt(alive / drawn)));
    Map<Long, Double> shares = new HashMap<>();
    for (Completion outcome : sampling.outcomes()) {
      int[] tokens = outcome.tokenIds().stream().mapToInt(Integer::intValue).toArray();
      shares.put(Keys.of(tokens, tokens.length), outcome.weight());
    }
    for (int i = 0; i < distribution.length; i++) {
      double expected = distribution[i] / alive;
      double share = shares.getOrDefault(Keys.of(tree.leaf(i), SmallTask.LENGTH), 0.0);
      assertThat(share).isCloseTo(expected, within(5 * Math.sqrt(expected / accepted) + 1e-3));
    }
  }

  @Test
  void bins_manyValues_keepActionLevelsTotalVariation() {
    double[] target = tree.target();
    for (int seed = 2; seed < 12; seed++) {
      double[] distribution = tree.actionLevel(SmallTask.value(seed));
      double alive = Arrays.stream(distribution).sum();
      double distance = 0;
      for (int i = 0; i < distribution.length; i++) {
        distance += Math.abs(distribution[i] / alive - target[i]) / 2;
      }
      Bins bins = Bins.of(tree, distribution);
      assertThat(bins.actionDistance()).isCloseTo(distance, within(1e-12)).isGreaterThan(0.05);
      double[] again = new double[bins.count()];
      for (int i = 0; i < target.length; i++) {
        again[bins.group(tree.leaf(i))] += target[i];
      }
      assertThat(again).containsExactly(bins.target(), within(1e-12));
    }
  }

  @Test
  void knownValue_anyPrefix_isTheValue() {
    var known = new KnownValue(SmallTask.value());
    for (int[] tokens : new int[][] {{}, {2}, {2, 3, 1}, {0, 0, 0, 0, 1}}) {
      Candidate prefix = Candidate.partial(task.prompt(), task.model().vocabulary(), tokens);
      assertThat(known.logValue(prefix)).isEqualTo(SmallTask.value().logValue(prefix));
      assertThat(known.childLogValues(prefix).logScore(2))
          .isEqualTo(SmallTask.value().childLogValues(prefix).logScore(2));
    }
  }

  private interface Visitor {
    void at(int[] tokens, double logProb);
  }

  private void responses(int[] tokens, double logProb, Visitor visitor) {
    if (tokens.length == SmallTask.LENGTH) {
      visitor.at(tokens, logProb);
      return;
    }
    LogProbs distribution;
    var options = new ContextOptions(SmallTask.LENGTH, 1);
    try (ModelContext context = task.model().open(task.verifier().beginning(), options)) {
      distribution = context.next(new int[][] {tokens})[0];
    }
    for (int token = 0; token < distribution.size(); token++) {
      int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
      longer[tokens.length] = token;
      responses(longer, logProb + distribution.logProb(token), visitor);
    }
  }

  /** Strikes out pairs until none is left; another way than the program's. */
  private static boolean isBalanced(int[] tokens) {
    StringBuilder text = new StringBuilder("([");
    Arrays.stream(tokens).forEach(token -> text.append("()[]".charAt(token)));
    int depth = 0;
    for (char c : text.toString().toCharArray()) {
      depth += c == '(' || c == '[' ? 1 : -1;
      if (depth > SmallTask.LANGUAGE.maxDepth()) {
        return false;
      }
    }
    String left = text.toString();
    for (String before = ""; !before.equals(left); ) {
      before = left;
      left = left.replace("()", "").replace("[]", "");
    }
    return left.isEmpty();
  }
}
