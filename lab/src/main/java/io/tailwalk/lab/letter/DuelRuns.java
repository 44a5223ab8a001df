package io.tailwalk.lab.letter;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.DecayValue;
import io.tailwalk.lab.Problems;
import io.tailwalk.lab.SharedDistributions;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Draws and judges the pairs.
 *
 * @param plan sizes
 * @param entrant sampler in VGB's place
 * @param model model to sample from
 * @param preference judge of pairs
 * @param logProb log-probability of a text after a request under the judge, nats
 * @param seed seed of the pairs
 */
record DuelRuns(
    DuelPlan plan,
    Entrant entrant,
    LanguageModel model,
    Preference preference,
    BiFunction<String, String, Double> logProb,
    long seed) {
  private static final long DISTRIBUTION_BYTES = 1L << 30;

  private record Drawn(String text, long modelTokens) {}

  List<Duel> run(Watch watch) {
    List<Duel> duels = new ArrayList<>();
    Sampler action = Entrant.named("action-rejection", Map.of("parallel", "1")).sampler();
    int total = plan.total();
    int alphas = plan.alphas().size();
    for (int c = 0; c < Constraint.ALL.size(); c++) {
      Constraint constraint = Constraint.ALL.get(c);
      try (var shared = new SharedDistributions(model, DISTRIBUTION_BYTES)) {
        for (int pair = 0; pair < plan.pairsOf(constraint) * alphas; pair++) {
          watch.step(duels.size(), total, constraint.label());
          double alpha = plan.alphas().get(pair % alphas);
          long key = Streams.key(seed, 29, c, pair);
          Drawn other = draw(shared, constraint, alpha, action, key, plan.tokens());
          long walk = Streams.key(key, 1);
          Drawn own = draw(shared, constraint, alpha, entrant.sampler(), walk, plan.budget());
          duels.add(judged(constraint, pair, alpha, own, other.text()));
        }
      }
    }
    return duels;
  }

  private Drawn draw(
      LanguageModel shared,
      Constraint constraint,
      double alpha,
      Sampler sampler,
      long key,
      int budget) {
    var verifier = new FullLength(constraint.verifier());
    var problem =
        new Problem(
            constraint.label(),
            shared,
            LetterTask.prompt(model, constraint.request()),
            verifier.prefixValue().times(new DecayValue(alpha, plan.tokens())),
            verifier,
            plan.tokens());
    RunOptions options = RunOptions.of(1, Budget.ofModelTokens(budget), key).toTheEndOfTheBudget();
    Sampling sampling = Problems.run(problem, sampler, options);
    String text = sampling.draws().isEmpty() ? "" : sampling.draws().getFirst().text();
    return new Drawn(text, sampling.cost().modelTokens());
  }

  private Duel judged(Constraint constraint, int pair, double alpha, Drawn own, String other) {
    boolean both = !own.text().isEmpty() && !other.isEmpty();
    boolean passes =
        (own.text().isEmpty() || constraint.holds().test(own.text()))
            && (other.isEmpty() || constraint.holds().test(other));
    return new Duel(
        constraint.label(),
        pair,
        alpha,
        own.text(),
        other,
        both ? preference.logOdds(constraint.request(), own.text(), other) : Double.NaN,
        both ? logProb.apply(constraint.request(), own.text()) : Double.NaN,
        both ? logProb.apply(constraint.request(), other) : Double.NaN,
        passes,
        own.modelTokens());
  }
}
