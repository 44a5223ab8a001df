package io.tailwalk.sampling.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.problem.LetterModel;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.verify.AutomatonVerifier;
import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Walks below nodes whose value is far too small, which they leave after very many steps. */
class TrappedWalkTest {
  private static final int LENGTH = 12;

  private static SamplingProblem problem() {
    var model = new LetterModel("letters", "abc", 0.9, 0.1 - 1e-9, 1e-9);
    Verifier verifier = new AutomatonVerifier("b first, or c last", new FirstOrLast());
    return new SamplingProblem(
        Prompt.text(""),
        model.vocabulary(),
        model.open(new int[0], new ContextOptions(LENGTH, 16)),
        verifier,
        verifier.prefixValue(),
        new ExpansionRule.Enumerate(),
        LENGTH,
        List.of());
  }

  /** Passes texts that begin with b or end with c. */
  private record FirstOrLast() implements ByteAutomaton {
    @Override
    public int start() {
      return 0;
    }

    @Override
    public int step(int state, byte next) {
      return switch (state) {
        case 0 -> next == 'b' ? 3 : 1;
        case 3 -> 3;
        default -> next == 'c' ? 2 : 1;
      };
    }

    @Override
    public boolean accepts(int state) {
      return state >= 2;
    }
  }

  /**
   * Eight descents without a first b find that one response in a thousand million passes. A walk
   * that meets a b later, where all pass, is free again soon.
   */
  @Test
  void run_descentsThatMissAllThatPass_doNotTrapTheWalk() {
    for (String name : List.of("vgb", "vgb-momentum")) {
      for (long seed = 0; seed < 6; seed++) {
        Budget budget = Budget.ofModelTokens(600);
        Sampling result =
            Samplers.create(name, Map.of())
                .run(problem(), RunOptions.of(4, budget, seed), SamplingListener.NONE);
        assertThat(result.cost().steps()).as("%s %s", name, seed).isLessThan(12_000_000);
        assertThat(result.stopReason()).isEqualTo(StopReason.MODEL_TOKENS);
        assertThat(result.successProbability().interval().low()).isLessThanOrEqualTo(0.1);
        assertThat(result.successProbability().interval().high()).isGreaterThanOrEqualTo(0.1);
      }
    }
  }

  /** A walk that cannot leave ends, though its budget is one of model tokens. */
  @Test
  void run_valueThatTrapsTheWalk_endsByItsSteps() {
    SamplingProblem problem = problem();
    var explorer =
        new Explorer(
            problem.treeSpec(1),
            problem.context(),
            Budget.ofModelTokens(600),
            new CostMeter(() -> 0));
    explorer.expand(new int[] {explorer.root(0)}, 1);
    for (int depth = 1; depth < LENGTH; depth++) {
      explorer.calibrate(depth, -60);
    }
    var tours = new ParallelTours(explorer, new MomentumKernel(1), 4, 1, 1);
    assertThat(tours.run(100_000, SamplingListener.NONE)).isEqualTo(StopReason.STEPS);
    assertThat(explorer.meter().modelTokens()).isLessThan(600);
  }
}
