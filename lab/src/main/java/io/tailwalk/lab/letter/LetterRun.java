package io.tailwalk.lab.letter;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.lab.PlainDouble;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.Sampling;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * One run of a sampler.
 *
 * @param prompt index of the prompt
 * @param repeat number of the independent run on the prompt
 * @param label label of the sampler
 * @param alpha alpha of the value; NaN if the sampler's distribution does not depend on it
 * @param returned number of distinct completions found
 * @param passing number of these that have full length and no letter e by this class's own check
 * @param judged mean log-probability under the judge of the requested completions, nats; NaN if
 *     there is none
 * @param judgedPerToken mean log-probability under the judge per token of the judge, nats
 * @param own mean log-probability under the model itself over the run's weighted sample, nats
 * @param logMass log of the run's estimate of the success probability; NaN if there is none
 * @param modelTokens cost in model tokens
 * @param example a completion
 */
record LetterRun(
    int prompt,
    int repeat,
    @JsonProperty("sampler") String label,
    @JsonSerialize(using = PlainDouble.class) double alpha,
    int returned,
    int passing,
    @JsonSerialize(using = PlainDouble.class) double judged,
    @JsonSerialize(using = PlainDouble.class) double judgedPerToken,
    @JsonSerialize(using = PlainDouble.class) double own,
    @JsonSerialize(using = PlainDouble.class) double logMass,
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

  /** Whether this is a run of a sampler at an alpha; any alpha matches if it has no effect. */
  boolean is(String wanted, double wantedAlpha) {
    return label.equals(wanted) && (Double.isNaN(alpha) || alpha == wantedAlpha);
  }
}
