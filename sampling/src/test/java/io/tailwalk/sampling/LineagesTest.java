package io.tailwalk.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.LetterModel;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.core.verify.Verifiers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineagesTest {
  private static final Problem LETTERS =
      new Problem(
          "letters",
          LetterModel.uniform("test", "abcdefgh"),
          Prompt.text(""),
          _ -> 0.0,
          Verifiers.any(),
          2);

  private static final Explorer EXPLORER = Fixtures.run(LETTERS, Fixtures.ALL).explorer();

  /** Responses of two letters, numbered. */
  private static int leaf(int number) {
    EXPLORER.expand(new int[] {GenerationTree.ROOT}, 1);
    int above = EXPLORER.childAt(GenerationTree.ROOT, number / 8);
    EXPLORER.expand(new int[] {above}, 1);
    return EXPLORER.childAt(above, number % 8);
  }

  /** The given number of leaves, the i-th with lineage {@code i / family}. */
  private static LeafSample families(int leaves, int family) {
    var sample = new LeafSample();
    for (int i = 0; i < leaves; i++) {
      sample.addLog(leaf(i), -700, i / family);
    }
    return sample;
  }

  @Test
  void lineageSize_weightsOfALineage_countTogether() {
    assertThat(families(16, 16).lineageSize()).isEqualTo(1);
    assertThat(families(16, 4).lineageSize()).isEqualTo(4);
    assertThat(families(16, 1).lineageSize()).isEqualTo(16);
    assertThat(families(16, 4).kishSize()).isCloseTo(16, within(1e-12));
    assertThat(new LeafSample().lineageSize()).isZero();
    // Entries without a lineage have their own; weights of zero have none.
    var sample = families(8, 8);
    sample.addLog(leaf(8), -700 + Math.log(8));
    sample.addLog(GenerationTree.NONE, Double.NEGATIVE_INFINITY, 77);
    assertThat(sample.lineageSize()).isCloseTo(2, within(1e-12));
  }

  /** Lineages are in order, so that systematic draws select one lineage per draw. */
  @Test
  void draws_severalLineages_areSpreadOverThem() {
    var mixed = new LeafSample();
    for (int i = 0; i < 32; i++) {
      mixed.addLog(leaf(i), 0, i % 4);
    }
    for (long seed = 0; seed < 50; seed++) {
      assertThat(mixed.drawnLineages(4, seed)).isEqualTo(4);
      assertThat(families(32, 8).drawnLineages(4, seed)).isEqualTo(4);
      assertThat(mixed.draws(EXPLORER, 4, seed).stream().map(Completion::tokenIds).distinct())
          .hasSize(4);
    }
    assertThat(families(32, 32).drawnLineages(4, 1)).isEqualTo(1);
  }

  @Test
  void notes_fewLineages_sayHowMany() {
    RunOptions four = RunOptions.of(4, Budget.UNLIMITED, 1);
    assertThat(Lineages.of(families(32, 32), four).notes())
        .singleElement()
        .asString()
        .contains("the 4 completions returned come from 1 lineage,", "1.0 effective");
    assertThat(Lineages.of(families(32, 2), four).notes()).isEmpty();
    assertThat(Lineages.of(new LeafSample(), four).notes()).isEmpty();
    RunOptions many = RunOptions.of(16, Budget.UNLIMITED, 1);
    assertThat(Lineages.of(families(32, 8), many).notes())
        .singleElement()
        .asString()
        .contains("16 completions returned come from 4 lineages");
    assertThat(Lineages.of(families(3, 3), RunOptions.of(1, Budget.UNLIMITED, 1)).notes())
        .isEqualTo(
            List.of(
                "the 1 completion returned comes from 1 lineage, and 1.0 effective lineages carry"
                    + " the weight: they share early tokens that one random choice fixed; a larger"
                    + " budget spreads them"));
  }

  /** Copies of one response among the completions returned are reported as such. */
  @Test
  void walks_sampleWorthFewerDrawsThanReturned_saySo() {
    var rare =
        new Problem(
            "rare",
            LetterModel.uniform("test", "abcdefgh"),
            Prompt.text(""),
            _ -> 0.0,
            Verifiers.avoid("bcdefg"),
            3);
    int poor = 0;
    int rich = 0;
    for (long seed = 0; seed < 40; seed++) {
      Budget budget = Budget.UNLIMITED.withSteps(seed % 2 == 0 ? 60 : 20_000);
      Sampling sampling =
          Samplers.create("vgb-momentum", Map.of())
              .run(
                  Fixtures.sampling(rare, Fixtures.ALL),
                  RunOptions.of(4, budget, seed),
                  SamplingListener.NONE);
      Diagnostics diagnostics = sampling.diagnostics();
      boolean noted = diagnostics.notes().stream().anyMatch(note -> note.contains("worth"));
      int draws = sampling.draws().size();
      boolean fewer = draws > 1 && diagnostics.effectiveSampleSize() < draws * (1 - 1e-9);
      assertThat(noted).isEqualTo(fewer && diagnostics.effectiveSampleSize() > 0);
      poor += noted ? 1 : 0;
      rich += !noted && draws == 4 ? 1 : 0;
    }
    assertThat(poor).isPositive();
    assertThat(rich).isPositive();
  }
}
