package io.tailwalk.sampling.adaptive;

import java.util.Locale;

/**
 * What the pilot speaks for, in effective draws per model token and action. Plain draws from the
 * model are worth {@code Z} each and cost one token an action. With {@code s^2} the variance of
 * {@code log(S/V)} per action and D actions, a particle is worth {@code 1 / (1 + D (e^{s^2} - 1))}
 * and a descent guided by the value, weighted to mend its bias, {@code e^{-D s^2}}; both cost an
 * expansion an action. Where values are all but exact the last two are worth the same, and descents
 * win: they come back to nodes that are known, which particles, being distinct, do not.
 *
 * @param arm what the rest of the budget goes into
 * @param reason one sentence with the figures
 */
record Choice(Arm arm, String reason) {
  /** Descents must be worth this share of a particle; what they revisit is worth more than that. */
  private static final double AS_GOOD = 0.97;

  /** What there is to choose from. */
  enum Arm {
    /** Plain draws from the model. */
    DRAWS,
    /** Descents guided by the value as it is, importance-weighted. */
    DESCENTS,
    /** The discrete particle filter. */
    PARTICLES
  }

  static Choice of(RepeatedRuns pilot, BudgetShare budget, boolean enumerates) {
    if (pilot.pilotParticles() == 0) {
      return new Choice(
          Arm.PARTICLES,
          "particle filter without a pilot: the budget pays for fewer than 8 completions");
    }
    LearnedTwist learned = pilot.learned();
    double particle = 1 / ((1 + pilot.spread()) * budget.tokensPerExpansion());
    double descent = enumerates ? descentWorth(learned, pilot.meanActions()) : 0;
    double draw = Math.min(1, Math.exp(pilot.pilotLogMass()));
    Arm arm = Arm.PARTICLES;
    if (draw > particle) {
      arm = Arm.DRAWS;
    } else if (descent >= AS_GOOD * particle) {
      arm = Arm.DESCENTS;
    }
    String figures =
        String.format(
            Locale.ROOT,
            "%s: effective draws per token and action %.3g by particles, %.3g by guided descents,"
                + " %.3g by plain draws; variance of log(S/V) %.3g, with the learnt twist %.3g",
            name(arm, learned),
            particle,
            descent,
            draw,
            learned.varianceBefore(),
            learned.varianceAfter());
    return new Choice(arm, figures);
  }

  /** Nothing is known of values that too few nodes were seen of. */
  private static double descentWorth(LearnedTwist learned, double actions) {
    double variance = learned.varianceBefore();
    return Double.isNaN(variance) ? 0 : Math.exp(-actions * variance);
  }

  private static String name(Arm arm, LearnedTwist learned) {
    return switch (arm) {
      case DRAWS -> "plain draws from the model";
      case DESCENTS -> "guided descents, importance-weighted";
      case PARTICLES -> learned.isUsed() ? "twisted particle filter" : "particle filter";
    };
  }
}
