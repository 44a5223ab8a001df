package io.tailwalk.sampling.adaptive;

import io.tailwalk.sampling.BudgetShare;
import io.tailwalk.sampling.frontier.FrontierDraws;
import java.util.Locale;

/**
 * The choice that the pilot supports. Plain draws from the model are worth {@code Z} each; a
 * particle, guided by the value, is worth the figure of {@link Spread}, and costs one expansion per
 * action.
 *
 * <ul>
 *   <li>With enumerated children: frontier draws, half of them plain, if the plain draws that the
 *       rest of the budget covers would meet the target at least {@value #ENOUGH_HITS} times,
 *       because only then can they bound it from above near the truth, or if the other half looks
 *       ahead ({@link StateChain}) and would have an effective size of at least {@value
 *       #ENOUGH_GUIDED}: then their spread does. Plain draws if they are worth more than particles.
 *   <li>Otherwise particles: plain draws would hardly ever meet the target.
 * </ul>
 *
 * <p>{@code Z} is the pilot's estimate, or that of a chain that looks ahead ({@link StateChain}) if
 * it is smaller: a few particles are far too high by chance, and a chain that sees one token back
 * can be far too high for a long word.
 *
 * <p>The figures of a pilot of N particles are uncertain, especially for small N: plain draws are
 * preferred to particles from a factor of {@code e^(4 sqrt(s / (1 + s) / N))}, where s is the
 * figure of {@link Spread} for particles: two standard errors of a log-ratio of two means over N
 * weights, each of which has as much relative error as the root of the share of the weights' second
 * moment that is variance.
 *
 * @param arm the method that uses the rest of the budget
 * @param reason one sentence with the figures
 */
record Choice(Arm arm, String reason) {
  /** A pilot of fewer particles may miss an error that most descents make. */
  static final int TELLING = 8;

  /** Hits by plain draws that bound a probability within a factor of about two. */
  private static final int ENOUGH_HITS = 4;

  /** Effective size of draws from which on their spread bounds a probability from above. */
  private static final int ENOUGH_GUIDED = 10;

  /** The success probability of a chain in which nothing passes. */
  private static final double NOTHING = 1e-12;

  /** Fewer draws of the target are not named. */
  private static final double WORTH_NAMING = 0.01;

  /** Two standard errors in each of two means. */
  private static final double EVIDENCE = 4;

  /** The available methods. */
  enum Arm {
    /** Frontier draws. */
    DRAWS,
    /** The discrete particle filter. */
    PARTICLES
  }

  /**
   * The choice for the rest of the budget.
   *
   * @param horizon maximal number of tokens of a completion
   */
  static Choice of(RepeatedRuns pilot, BudgetShare budget, boolean enumerates, int horizon) {
    int size = pilot.pilotParticles();
    if (size == 0) {
      return new Choice(
          Arm.PARTICLES,
          "particle filter without a pilot: the budget covers fewer than 8 completions");
    }
    LearnedTwist learned = pilot.learned();
    double particle = 1 / ((1 + pilot.spread()) * budget.tokensPerExpansion());
    double found = Math.exp(pilot.pilotLogMass());
    double draw = Math.min(1, found);
    double affordable = (1 - budget.spent()) / Math.max(1e-9, budget.perParticle());
    double guided = 0;
    if (learned.twist() instanceof StateChain chain) {
      draw = Math.min(draw, chain.mean());
      double agreement = agreement(chain.mean(), found);
      guided = affordable * (1 - FrontierDraws.PLAIN_SHARE) * worth(learned, horizon) * agreement;
    }
    double hits = draw * affordable * (enumerates ? FrontierDraws.PLAIN_SHARE : 1);
    double spread = pilot.spread();
    double uncertain = Math.sqrt((Double.isInfinite(spread) ? 1 : spread / (1 + spread)) / size);
    boolean draws =
        (enumerates && (hits >= ENOUGH_HITS || guided >= ENOUGH_GUIDED))
            || draw > particle * Math.exp(EVIDENCE * uncertain);
    String figures =
        String.format(
            Locale.ROOT,
            "%s: by a pilot of %d, effective draws per token and action are %.3g by particles, %.3g"
                + " by plain draws, which would meet the target %.3g times%s%s",
            name(draws, enumerates, learned),
            size,
            particle,
            draw,
            hits,
            lookingAhead(guided),
            variances(learned));
    return new Choice(draws ? Arm.DRAWS : Arm.PARTICLES, figures);
  }

  /**
   * What a draw by the twist is worth in draws of the target: if the logs of the factors that a
   * prefix of each length adds to its weight are normal and independent, {@code e^-v}, v being the
   * variance of their sum.
   */
  private static double worth(LearnedTwist learned, int horizon) {
    return Math.exp(-horizon * learned.varianceAfter());
  }

  /**
   * How far the chain's success probability agrees with the pilot's, from 0 to 1: held-out nodes
   * say how evenly a chain errs along a prefix, and not how far it is off at the end. A chain for
   * which nothing passes says nothing.
   */
  private static double agreement(double ofChain, double found) {
    if (ofChain <= NOTHING || found == 0) {
      return ofChain <= NOTHING ? 0 : 1;
    }
    return Math.min(ofChain / found, found / ofChain);
  }

  private static String lookingAhead(double guided) {
    return guided < WORTH_NAMING
        ? ""
        : String.format(
            Locale.ROOT, "; draws that look ahead would be worth %.3g draws of the target", guided);
  }

  /** Empty if the values seen have no relevant variance. */
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
