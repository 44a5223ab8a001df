package io.tailwalk.sampling.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.verify.Verifiers;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChainLearnerTest {
  private static final int TOKENS = 12;

  /**
   * What the chain expects of a prefix agrees with what its children expect: the recursion over all
   * nodes of a state, worked out here from the children themselves.
   */
  @Test
  void learn_letters_isTheMeanOverTheChildren() {
    try (LanguageModel model = BuiltinModels.open("builtin:austen")) {
      Explorer explorer = explored(model);
      List<Integer> nodes = expanded(explorer);
      TokenPlaces places =
          new TokenPlaces(
              IntStream.concat(IntStream.of(' '), IntStream.rangeClosed('a', 'z'))
                  .boxed()
                  .toList());
      TokenChain chain = learned(explorer, nodes, places);
      int depth = 5;
      double[] sums = new double[places.count() + 1];
      double[] counts = new double[places.count() + 1];
      for (int node : nodes) {
        if (explorer.tree().depth(node) + 1 < TOKENS) {
          int state = places.of(explorer.tree().token(node)) + 1;
          counts[state]++;
          sums[state] += meanOfChildren(explorer, node, chain, depth + 1);
        }
      }
      double number = 0;
      double all = 0;
      for (int state = 0; state < sums.length; state++) {
        number += counts[state];
        all += sums[state];
      }
      double[] own = new double[sums.length];
      double mean = 0;
      for (int state = 0; state < sums.length; state++) {
        own[state] = (sums[state] + 3 * all / number) / (counts[state] + 3);
        mean += counts[state] / number * own[state];
      }
      for (int state = 0; state < sums.length; state++) {
        // The chain moves on without the share of the mean that each factor has.
        assertThat(chain.logFactors()[depth][state])
            .isCloseTo(Math.log(0.9 * own[state] + 0.1 * mean), within(0.05));
      }
    }
  }

  private static double meanOfChildren(Explorer explorer, int node, TokenChain chain, int depth) {
    var children = explorer.tree().children(node);
    double sum = 0;
    for (int slot = 0; children != null && slot < children.count(); slot++) {
      double log = children.logWeight(slot) - explorer.tree().logValue(node);
      if (log > Double.NEGATIVE_INFINITY) {
        double factor =
            explorer.childIsLeaf(node, slot)
                ? 0
                : chain.logFactor(node, explorer.childToken(node, slot), depth, 0);
        sum += Math.exp(log + factor);
      }
    }
    return sum;
  }

  /** After a letter that an "e" often follows less survives, and less the more is to come. */
  @Test
  void learn_letters_ordersTokensAndDepths() {
    try (LanguageModel model = BuiltinModels.open("builtin:austen")) {
      Explorer explorer = explored(model);
      TokenPlaces places = new TokenPlaces(List.of((int) 'h', (int) 'o', (int) ' '));
      TokenChain chain = learned(explorer, expanded(explorer), places);
      assertThat(chain.logFactor(0, 'h', 6, 0)).isLessThan(chain.logFactor(0, 'o', 6, 0) - 0.2);
      for (int depth = 1; depth < 8; depth++) {
        assertThat(chain.logFactor(0, 'o', depth, 0))
            .isLessThan(chain.logFactor(0, 'o', depth + 3, 0) - 0.1);
        assertThat(chain.logFactor(0, 'o', depth, 0)).isNegative();
      }
      assertThat(chain.logFactor(0, 'o', 3, Double.NEGATIVE_INFINITY)).isZero();
    }
  }

  /** Dead ends count: where half of the nodes of a token are dead, it is worth half as much. */
  @Test
  void learn_deadEnds_lowerTheFactor() {
    try (LanguageModel model = BuiltinModels.open("builtin:austen")) {
      Explorer explorer = explored(model);
      List<Integer> nodes = expanded(explorer);
      TokenPlaces places = new TokenPlaces(List.of((int) ' '));
      double before = learned(explorer, nodes, places).logFactor(0, ' ', TOKENS - 1, 0);
      var learner = new ChainLearner(explorer, places);
      for (int node : nodes) {
        learner.add(node, OutgoingMass.of(explorer, node));
        if (explorer.tree().token(node) == ' ') {
          learner.addDead(node);
        }
      }
      assertThat(learner.learn().logFactor(0, ' ', TOKENS - 1, 0)).isLessThan(before - 0.3);
    }
  }

  private static Explorer explored(LanguageModel model) {
    return ExploredTrees.explored(model, Prompt.text("It is "), Verifiers.avoid("e"), TOKENS, 100);
  }

  private static List<Integer> expanded(Explorer explorer) {
    return ExploredTrees.expanded(explorer);
  }

  private static TokenChain learned(Explorer explorer, List<Integer> nodes, TokenPlaces places) {
    var learner = new ChainLearner(explorer, places);
    nodes.forEach(node -> learner.add(node, OutgoingMass.of(explorer, node)));
    return learner.learn();
  }
}
