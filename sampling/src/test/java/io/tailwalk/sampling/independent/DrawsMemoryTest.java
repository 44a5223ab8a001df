package io.tailwalk.sampling.independent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Draws of the model need no tree, so their number is not bounded by the tree's memory. */
class DrawsMemoryTest {
  private static final int TOKENS = 12;
  private static final int DRAWS = 400;

  private static Sampling run(Sampler sampler, Budget budget) {
    try (LanguageModel model = BuiltinModels.open("builtin:austen")) {
      Prompt prompt = Prompt.text("It is ");
      try (ModelContext context =
          model.open(model.encode(prompt), new ContextOptions(TOKENS, DRAWS))) {
        var problem =
            new SamplingProblem(
                prompt,
                model.vocabulary(),
                context,
                Verifiers.avoid("e"),
                ValueFunction.ONE,
                new ExpansionRule.Enumerate(),
                TOKENS,
                List.of());
        return sampler.run(problem, RunOptions.of(DRAWS, budget, 7), SamplingListener.NONE);
      }
    }
  }

  /** Only some of the distributions fit. */
  @Test
  void run_littleMemory_drawsWhatItWouldWithMuch() {
    assertSame(Samplers.ancestral(16), 1_000_000);
    assertSame(Samplers.outcomeRejection(1, 16), 3_000_000);
  }

  private static void assertSame(Sampler sampler, long memory) {
    Sampling much = run(sampler, Budget.ofModelTokens(40_000));
    Sampling little = run(sampler, Budget.ofModelTokens(40_000).withTreeBytes(memory));
    assertThat(much.stopReason()).isEqualTo(StopReason.DONE);
    assertThat(little.stopReason()).isEqualTo(StopReason.DONE);
    assertThat(little.draws()).isEqualTo(much.draws());
    assertThat(little.cost().modelTokens()).isEqualTo(much.cost().modelTokens());
    assertThat(little.diagnostics().counts().get("recomputed_tokens"))
        .as("distributions evaluated again")
        .isPositive()
        .isLessThan(4.0 * much.cost().modelTokens());
  }
}
