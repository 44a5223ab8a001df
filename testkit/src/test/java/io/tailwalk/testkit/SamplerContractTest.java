package io.tailwalk.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.testkit.PlainRejection.Flaw;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract on a sampler that fulfils it, and on one for each way to break it. */
class SamplerContractTest extends SamplerContract {
  private Flaw flaw = Flaw.NONE;

  @Override
  protected SamplerRun run(SamplerTask task, int n, Budget budget, long seed) {
    return PlainRejection.run(flaw, task, n, budget, seed);
  }

  private static Arguments planted(Flaw flaw, Consumer<SamplerContract> check, String message) {
    return Arguments.of(flaw, check, message);
  }

  private static List<Arguments> flaws() {
    Consumer<SamplerContract> draws = SamplerContract::draws_areResponsesOfTheModelWithTheirNumbers;
    Consumer<SamplerContract> distribution = SamplerContract::draws_followTheDeclaredDistribution;
    Consumer<SamplerContract> intervals =
        SamplerContract::successProbability_intervals_containTheExactValueAsOftenAsStated;
    Consumer<SamplerContract> partial = SamplerContract::budgetSpent_partialResult_namesTheLimit;
    Consumer<SamplerContract> seed = SamplerContract::sameSeed_sameResult_inAnyThread;
    return List.of(
        planted(Flaw.GREEDY_START, distribution, "do not follow the distribution"),
        planted(Flaw.KEEPS_REJECTED, draws, "does not pass"),
        planted(Flaw.WRONG_LOG_PROB, draws, "log-probability of"),
        planted(Flaw.OVER_BUDGET, SamplerContract::budget_anyLimit_isKept, "at a budget of"),
        planted(
            Flaw.HIDES_CALLS,
            SamplerContract::cost_equalsWhatWasAskedOfModelVerifierAndValue,
            "model calls"),
        planted(Flaw.CALLED_DONE, partial, "but was: <DONE>"),
        planted(Flaw.NO_PARTIAL_RESULT, partial, "nothing is returned"),
        planted(Flaw.UNSEEDED, seed, "expected"),
        planted(Flaw.IGNORES_SEED, seed, "depends on the seed"),
        planted(Flaw.NARROW, intervals, "miss"),
        planted(Flaw.CALLED_EXACT, intervals, "wrong"),
        planted(
            Flaw.NEVER_ZERO,
            SamplerContract::nothingPasses_noCompletionAndAnIntervalWithZero,
            "expected: <0"));
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void contract_plantedFlaw_isCaught(Flaw planted, Consumer<SamplerContract> check, String part) {
    var broken = new SamplerContractTest();
    broken.flaw = planted;
    assertThatThrownBy(() -> check.accept(broken))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(part);
  }

  @Test
  void contract_biasedSamplerThatDeclaresIt_passesByItsOwnDistribution() {
    var model = new OfTheModel();
    assertThatCode(model::draws_followTheDeclaredDistribution).doesNotThrowAnyException();
    assertThatCode(model::oneDraw_allChoices_addUpToTheDeclaredDistribution)
        .doesNotThrowAnyException();
    model.declared = false;
    assertThatThrownBy(model::draws_followTheDeclaredDistribution)
        .hasMessageContaining("which has probability zero");
    assertThatThrownBy(model::oneDraw_allChoices_addUpToTheDeclaredDistribution)
        .hasMessageContaining("total variation distance");
  }

  /** Returns completions of the model whatever their reward. */
  private static final class OfTheModel extends SamplerContract {
    private boolean declared = true;

    @Override
    protected SamplerRun run(SamplerTask task, int n, Budget budget, long seed) {
      return PlainRejection.run(Flaw.KEEPS_REJECTED, task, n, budget, seed);
    }

    @Override
    protected Optional<Map<TokenSequence, Double>> distribution(
        SamplerTask task, ExactDistribution exact) {
      return declared ? Optional.of(exact.base()) : super.distribution(task, exact);
    }

    @Override
    protected Optional<Function<Chooser, TokenSequence>> oneDraw(SamplerTask task) {
      return Optional.of(chooser -> PlainRejection.plain(task, chooser));
    }
  }

  /** The contract's own model. */
  @Nested
  class Model extends LanguageModelContract {
    @Override
    protected LanguageModel openModel() {
      return SamplerTask.large().model();
    }

    @Override
    protected List<String> texts() {
      return List.of("", "abba");
    }

    @Override
    protected Prompt prompt() {
      return Prompt.text("ab");
    }
  }
}
