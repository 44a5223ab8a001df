package io.tailwalk.lab.letter;

import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.Sampling;
import java.util.List;
import java.util.Locale;

/**
 * One run of a sampler.
 *
 * @param prompt its place among the prompts
 * @param repeat which independent run on it
 * @param label the sampler
 * @param alpha of the value; NaN where the sampler's distribution does not depend on it
 * @param returned different completions found
 * @param passing of them, without the letter and of full length by this class's own check
 * @param judged mean log-probability under the judge of the completions that the run was asked for,
 *     nats; NaN if it has none
 * @param judgedPerToken the same per token of the judge
 * @param own mean log-probability under the model itself over the run's weighted sample, nats
 * @param logMass log of the run's estimate of the success probability; NaN where it has none
 * @param modelTokens cost
 * @param example a completion
 */
record LetterRun(
    int prompt,
    int repeat,
    String label,
    double alpha,
    int returned,
    int passing,
    double judged,
    double judgedPerToken,
    double own,
    double logMass,
    long modelTokens,
    String example) {

  static LetterRun of(
      int prompt, int repeat, Contender contender, double alpha, Sampling sampling, Judge judge) {
    List<Completion> found =
        sampling.outcomes().stream().filter(outcome -> outcome.weight() > 0).toList();
    double sum = 0;
    double tokens = 0;
    List<Completion> draws = contender.judged() ? sampling.draws() : List.of();
    for (Completion draw : draws) {
      Judge.Score score = judge.score(draw.text());
      sum += score.logProb();
      tokens += score.tokens();
    }
    return new LetterRun(
        prompt,
        repeat,
        contender.label(),
        alpha,
        found.size(),
        (int) found.stream().filter(LetterRun::passes).count(),
        tokens == 0 ? Double.NaN : sum / draws.size(),
        tokens == 0 ? Double.NaN : sum / tokens,
        ownMean(found),
        Math.log(sampling.successProbability().value()),
        sampling.cost().modelTokens(),
        sampling.draws().isEmpty() ? "" : sampling.draws().getFirst().text());
  }

  /** Checked on the text, not by the verifier that guided the run. */
  private static boolean passes(Completion completion) {
    return completion.text().toLowerCase(Locale.ROOT).indexOf('e') < 0
        && completion.finishReason() == FinishReason.LENGTH;
  }

  private static double ownMean(List<Completion> weighted) {
    double sum = 0;
    double total = 0;
    for (Completion completion : weighted) {
      sum += completion.weight() * completion.logProb();
      total += completion.weight();
    }
    return total == 0 ? Double.NaN : sum / total;
  }

  /** Whether this is a run of a sampler at an alpha, if that matters to it. */
  boolean is(String wanted, double wantedAlpha) {
    return label.equals(wanted) && (Double.isNaN(alpha) || alpha == wantedAlpha);
  }
}
