package io.tailwalk.sampling.adaptive;

import java.util.Locale;

/**
 * What the pilot speaks for, in effective draws per model token and action. Plain draws from the
 * model are worth {@code Z} each and cost one token an action; a particle and a descent guided by
 * the value, weighted to mend its bias, are worth what {@link Spread} says, and cost an expansion
 * an action. Where values are all but exact the last two are worth the same, and descents win: they
 * come back to nodes that are known, which particles, being distinct, do not. As their weights may
 * spread exponentially, a pilot of fewer than {@value #TELLING} particles is no ground for them.
 *
 * <p>The figures of a pilot of N particles are uncertain, and of a small one very much so: that
 * plain draws are worth more than particles is believed from a factor of {@code e^(4 sqrt(s / (1 +
 * s) / N))} on, s being what {@link Spread} says of particles: two standard errors of a log-ratio
 * of two means over N weights, each of which has as much relative error as the root of the share of
 * the weights' second moment that is variance. Where the value says nothing both are worth {@code
 * Z} but for the price of an expansion, so little is lost by staying with particles.
 *
 * @param arm what the rest of the budget goes into
 * @param reason one sentence with the figures
 */
record Choice(Arm arm, String reason) {
  /** Descents must be worth this share of a particle; what they revisit is worth more than that. */
  private static final double AS_GOOD = 0.97;

  /** A pilot of fewer particles may see nothing of an error that most descents make. */
  static final int TELLING = 8;

  /** Two standard errors in each of two means. */
  private static final double EVIDENCE = 4;

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
    int size = pilot.pilotParticles();
    if (size == 0) {
      return new Choice(
          Arm.PARTICLES,
          "particle filter without a pilot: the budget pays for fewer than 8 completions");
    }
    LearnedTwist learned = pilot.learned();
    double particle = 1 / ((1 + pilot.spread()) * budget.tokensPerExpansion());
    boolean known = enumerates && size >= TELLING;
    double descent = known ? Math.exp(pilot.pilotSpread().logWorthOfDescent()) : 0;
    double draw = Math.min(1, Math.exp(pilot.pilotLogMass()));
    Arm arm = Arm.PARTICLES;
    double uncertain = Math.sqrt(pilot.spread() / (1 + pilot.spread()) / size);
    if (draw > particle * Math.exp(EVIDENCE * uncertain)) {
      arm = Arm.DRAWS;
    } else if (descent > 0 && descent >= AS_GOOD * particle) {
      arm = Arm.DESCENTS;
    }
    String figures =
        String.format(
            Locale.ROOT,
            "%s: by a pilot of %d, effective draws per token and action are %.3g by particles, %.3g"
                + " by guided descents, %.3g by plain draws; variance of log(S/V) %.3g, with the"
                + " learnt twist %.3g",
            name(arm, learned),
            size,
            particle,
            descent,
            draw,
            learned.varianceBefore(),
            learned.varianceAfter());
    return new Choice(arm, figures);
  }

  private static String name(Arm arm, LearnedTwist learned) {
    return switch (arm) {
      case DRAWS -> "plain draws from the model";
      case DESCENTS -> "guided descents, importance-weighted";
      case PARTICLES -> learned.isUsed() ? "twisted particle filter" : "particle filter";
    };
  }
}
