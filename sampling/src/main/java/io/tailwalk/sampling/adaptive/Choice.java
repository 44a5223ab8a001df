package io.tailwalk.sampling.adaptive;

import java.util.Locale;

/**
 * What the pilot speaks for, in effective draws per model token: plain draws from the model are
 * worth {@code Z} each and cost one token an action; a particle is worth {@code 1 / (1 + D (e^{s^2}
 * - 1))}, with {@code s^2} the variance of {@code log(S/V)} per action and D actions, and costs an
 * expansion an action.
 *
 * @param drawsFromTheModel whether plain draws win
 * @param reason one sentence with the figures
 */
record Choice(boolean drawsFromTheModel, String reason) {

  static Choice of(RepeatedRuns pilot, BudgetShare budget) {
    if (pilot.pilotParticles() == 0) {
      return new Choice(
          false, "particle filter without a pilot: the budget pays for fewer than 8 completions");
    }
    LearnedTwist learned = pilot.learned();
    double particleWorth = 1 / ((1 + pilot.spread()) * budget.tokensPerExpansion());
    double drawWorth = Math.min(1, Math.exp(pilot.pilotLogMass()));
    boolean plain = drawWorth > particleWorth;
    String winner =
        plain
            ? "plain draws from the model"
            : learned.isUsed() ? "twisted particle filter" : "particle filter";
    String figures =
        String.format(
            Locale.ROOT,
            "%s: effective draws per token and action %.3g by particles, %.3g by plain draws; "
                + "variance of log(S/V) %.3g, with the learnt twist %.3g",
            winner,
            particleWorth,
            drawWorth,
            learned.varianceBefore(),
            learned.varianceAfter());
    return new Choice(plain, figures);
  }
}
