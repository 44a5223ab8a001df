package io.tailwalk.sampling.adaptive;

import io.tailwalk.sampling.frontier.FrontierDraws;
import java.util.Locale;

/**
 * What the pilot speaks for. Plain draws from the model are worth {@code Z} each; a particle,
 * guided by the value, is worth what {@link Spread} says, and costs an expansion an action.
 *
 * <ul>
 *   <li>Where children are enumerated, frontier draws, half of them plain, where the plain ones
 *       that the rest of the budget pays for would meet the target {@value #ENOUGH_HITS} times or
 *       more: only then can they bound it from above near the truth. Plain draws where they are
 *       worth more than particles.
 *   <li>Particles elsewhere: plain draws would hardly ever meet the target.
 * </ul>
 *
 * <p>The figures of a pilot of N particles are uncertain, and of a small one very much so: that
 * plain draws are worth more than particles is believed from a factor of {@code e^(4 sqrt(s / (1 +
 * s) / N))} on, s being what {@link Spread} says of particles: two standard errors of a log-ratio
 * of two means over N weights, each of which has as much relative error as the root of the share of
 * the weights' second moment that is variance.
 *
 * @param arm what the rest of the budget goes into
 * @param reason one sentence with the figures
 */
record Choice(Arm arm, String reason) {
  /** A pilot of fewer particles may see nothing of an error that most descents make. */
  static final int TELLING = 8;

  /** Hits by plain draws that bound a probability within a factor of about two. */
  private static final int ENOUGH_HITS = 4;

  /** Two standard errors in each of two means. */
  private static final double EVIDENCE = 4;

  /** What there is to choose from. */
  enum Arm {
    /** Frontier draws. */
    DRAWS,
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
    double draw = Math.min(1, Math.exp(pilot.pilotLogMass()));
    double affordable = (1 - budget.spent()) / Math.max(1e-9, budget.perParticle());
    double hits = draw * affordable * (enumerates ? FrontierDraws.PLAIN_SHARE : 1);
    double uncertain = Math.sqrt(pilot.spread() / (1 + pilot.spread()) / size);
    boolean draws =
        (enumerates && hits >= ENOUGH_HITS) || draw > particle * Math.exp(EVIDENCE * uncertain);
    String figures =
        String.format(
            Locale.ROOT,
            "%s: by a pilot of %d, effective draws per token and action are %.3g by particles, %.3g"
                + " by plain draws, which would meet the target %.3g times%s",
            name(draws, enumerates, learned),
            size,
            particle,
            draw,
            hits,
            variances(learned));
    return new Choice(draws ? Arm.DRAWS : Arm.PARTICLES, figures);
  }

  /** Empty where the values seen have no variance to speak of. */
  private static String variances(LearnedTwist learned) {
    return Double.isNaN(learned.varianceBefore() + learned.varianceAfter())
        ? ""
        : String.format(
            Locale.ROOT,
            "; variance of log(S/V) %.3g, with the learnt twist %.3g",
            learned.varianceBefore(),
            learned.varianceAfter());
  }

  private static String name(boolean draws, boolean enumerates, LearnedTwist learned) {
    if (draws) {
      return enumerates ? "draws from the frontier" : "plain draws from the model";
    }
    return learned.isUsed() ? "twisted particle filter" : "particle filter";
  }
}
