package io.tailwalk.sampling.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.builtin.dyck.DyckProblems;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.Fixtures;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches are filled at the cost of some tokens; the moves of the walks do not change. */
class BatchFillerTest {
  private static final Problem LONG =
      DyckProblems.withIidError(DyckProblems.exact(DyckLanguage.ofLength(48)), 0.4, 3);
  private static final ExpansionRule SAMPLED = new ExpansionRule.Sample(4, 1);

  private static Map<String, String> tokensPerCall(int tokens, String... more) {
    var parameters = new java.util.HashMap<>(Map.of("tokens_per_call", "" + tokens));
    for (int i = 0; i < more.length; i += 2) {
      parameters.put(more[i], more[i + 1]);
    }
    return parameters;
  }

  private static Sampling run(
      String name, Map<String, String> parameters, ExpansionRule rule, Budget budget, long seed) {
    return Samplers.create(name, parameters)
        .run(Fixtures.sampling(LONG, rule), RunOptions.of(4, budget, seed), SamplingListener.NONE);
  }

  private static double callsPerToken(Sampling sampling) {
    return (double) sampling.cost().modelCalls() / sampling.cost().modelTokens();
  }

  /** With a fixed number of tours only the order of expansions can differ. */
  @ParameterizedTest
  @ValueSource(strings = {"vgb", "vgb-momentum"})
  void fixedTours_filledOrNot_areTheSameTours(String name) {
    for (ExpansionRule rule : List.of(Fixtures.ALL, SAMPLED)) {
      // One tour per walk: additional tours would go to the walks that finish first.
      Budget budget = Budget.UNLIMITED.withSteps(200_000);
      List<List<List<Integer>>> visits = new ArrayList<>();
      List<Long> calls = new ArrayList<>();
      for (int tokens : new int[] {0, 7}) {
        Sampling sampling =
            run(name, tokensPerCall(tokens, "tours", "16", "interval_share", "0"), rule, budget, 5);
        visits.add(
            sampling.outcomes().stream()
                .map(Completion::tokenIds)
                .sorted(java.util.Comparator.comparing(Object::toString))
                .toList());
        calls.add(sampling.cost().modelCalls());
        assertThat(sampling.diagnostics().counts()).containsEntry("tours", 16.0);
      }
      assertThat(visits.get(1)).isEqualTo(visits.get(0));
      assertThat(calls.get(1)).isLessThan(calls.get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vgb", "vgb-momentum", "vgb:fixed-time"})
  void budget_sixteenWalks_callsPerTokenAreFew(String form) {
    String name = form.split(":", -1)[0];
    for (int seed = 0; seed < 8; seed++) {
      Map<String, String> parameters =
          form.equals(name)
              ? tokensPerCall(7)
              : tokensPerCall(7, "form", "fixed-time", "steps", "4000");
      Sampling filled = run(name, parameters, Fixtures.ALL, Budget.ofModelTokens(1500), seed);
      assertThat(callsPerToken(filled)).as("%s, seed %s", form, seed).isLessThanOrEqualTo(0.15);
    }
  }
}
