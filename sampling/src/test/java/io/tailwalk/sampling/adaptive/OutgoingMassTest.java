package io.tailwalk.sampling.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.Children;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.TreeSpec;
import io.tailwalk.core.verify.DecayValue;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifiers;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Twisted sums over children against the sum over individual children. */
class OutgoingMassTest {
  private static final int TOKENS = 6;

  /** One value for all children, and one for every child, at each depth down to the last. */
  @Test
  void logTwisted_letters_isTheSumChildByChild() {
    ValueFunction avoiding = Verifiers.avoid("e").prefixValue();
    ValueFunction flat = avoiding.times(new DecayValue(0.5, TOKENS));
    ValueFunction varied =
        flat.times(prefix -> -0.01 * (prefix.tokenIds()[prefix.tokenIds().length - 1] % 7));
    int light = 0;
    for (ValueFunction value : List.of(flat, varied)) {
      try (LanguageModel model = BuiltinModels.open("builtin:austen")) {
        Prompt prompt = Prompt.text("It is ");
        var spec =
            new TreeSpec(
                prompt,
                model.vocabulary(),
                Verifiers.avoid("e"),
                value,
                new ExpansionRule.Enumerate(),
                TOKENS,
                List.of(),
                3);
        var explorer =
            new Explorer(
                spec,
                model.open(model.encode(prompt), new ContextOptions(TOKENS, 4)),
                Budget.UNLIMITED,
                new CostMeter(() -> 0));
        int node = explorer.root(0);
        var chooser = new RandomChooser(Streams.of(4));
        while (!explorer.tree().isLeaf(node)) {
          explorer.expand(new int[] {node}, 1);
          light += check(explorer, node);
          node = explorer.drawChild(node, chooser);
        }
      }
    }
    assertThat(light).as("children too light to be listed").isPositive();
  }

  private static int check(Explorer explorer, int node) {
    List<Integer> frequent = List.of((int) 'a', (int) 't', (int) ' ', (int) 'n');
    LinearTwist twist =
        LinearTwist.zero(new TokenPlaces(frequent), TOKENS)
            .withWeights(new double[] {0.3, -0.8, 0.4, 1.5, -2, 0.7, 0.1});
    Children children = Objects.requireNonNull(explorer.tree().children(node));
    int depth = explorer.tree().depth(node) + 1;
    double sum = 0;
    int light = 0;
    for (int slot = 0; slot < children.count(); slot++) {
      boolean leaf = explorer.childIsLeaf(node, slot);
      double factor =
          leaf
              ? 0
              : twist.logFactor(
                  node, explorer.childToken(node, slot), depth, children.logValue(slot));
      sum += Math.exp(children.logWeight(slot) + factor);
      double share = children.logWeight(slot) - children.logTotal();
      light += !leaf && share > Double.NEGATIVE_INFINITY && share < -12 ? 1 : 0;
    }
    OutgoingMass outgoing = OutgoingMass.of(explorer, node);
    assertThat(outgoing.logTwisted(twist, depth)).isCloseTo(Math.log(sum), within(1e-4));
    double[] shares = outgoing.byPlace(twist.places());
    assertThat(outgoing.leaves() + Arrays.stream(shares).sum()).isCloseTo(1, within(1e-9));
    int slotOfA =
        IntStream.range(0, children.count())
            .filter(slot -> explorer.childToken(node, slot) == 'a')
            .findFirst()
            .orElseThrow();
    double share = Math.exp(children.logWeight(slotOfA) - children.logTotal());
    assertThat(shares[1]).isCloseTo(share, within(1e-3));
    return light;
  }
}
