package io.tailwalk.runs.verify;

import io.tailwalk.builtin.ngram.ByteVocabulary;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.AfterReasoning;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ReasoningTags;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.runs.models.ModelSettings;
import io.tailwalk.runs.models.Models;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.verifiers.VerifierSpecs;
import io.tailwalk.verifiers.spec.PromptFields;
import io.tailwalk.verifiers.spec.SpecContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Judges given texts with a verifier. A text is complete: it ended by itself, and not at a limit of
 * length.
 *
 * <pre>{@code
 * try (var judge = Judge.open("answer:4")) {
 *   boolean right = judge.of("1", Prompt.text("2 + 2 = "), "The answer is 4.").passed();
 * }
 * }</pre>
 */
public final class Judge implements AutoCloseable {
  /** Longest reason, in characters. */
  static final int REASON = 500;

  private final Verifier verifier;
  private final double threshold;

  private Judge(Verifier verifier, double threshold) {
    this.verifier = verifier;
    this.threshold = threshold;
  }

  /**
   * A response to judge.
   *
   * @param id its name
   * @param prompt the prompt that it answers
   * @param text the response
   */
  public record Given(String id, Prompt prompt, String text) {}

  /**
   * Opens a verifier whose specification refers to no field of a row; a reward of 1 passes.
   *
   * @throws InputException if the specification is invalid
   */
  public static Judge open(String spec) {
    return open(spec, PromptFields.NONE, 1);
  }

  /**
   * Opens a verifier.
   *
   * @param fields the fields of the rows, for {@code @field}
   * @param threshold the smallest reward that passes, above 0 and finite
   * @throws InputException if the specification is invalid
   */
  public static Judge open(String spec, PromptFields fields, double threshold) {
    if (!(threshold > 0 && Double.isFinite(threshold))) {
      throw InputException.about(
          "threshold", "the smallest reward must be finite and above 0, got " + threshold);
    }
    try {
      var context =
          new SpecContext(fields, name -> Models.open(name, ModelSettings.DEFAULT.ofJudge()));
      return new Judge(VerifierSpecs.parse(spec, context), threshold);
    } catch (IllegalArgumentException | VerifierException e) {
      throw InputException.about("verifier", String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The same judge for texts that begin with reasoning: only what follows the closing tag is
   * judged.
   */
  public Judge after(ReasoningTags tags) {
    return new Judge(new AfterReasoning(verifier, tags), threshold);
  }

  /** What the verdicts depend on besides the specification, by name, each with a hash. */
  Map<String, String> sources() {
    return verifier.sources();
  }

  /** The verdict on one response. */
  public Judgement of(String id, Prompt prompt, String text) {
    return of(List.of(new Given(id, prompt, text))).getFirst();
  }

  /**
   * The verdicts on some responses, in their order; one call of a verifier that judges many at a
   * time.
   *
   * @throws VerifierException if the verifier itself fails, for example an external program
   */
  public List<Judgement> of(List<Given> responses) {
    List<Candidate> candidates =
        responses.stream().map(given -> candidate(given.prompt(), given.text())).toList();
    double[] logRewards = new double[candidates.size()];
    verifier.logRewards(candidates, logRewards);
    List<Judgement> judgements = new ArrayList<>();
    for (int i = 0; i < logRewards.length; i++) {
      double reward = Math.exp(logRewards[i]);
      boolean passed = reward >= threshold;
      String reason = passed ? "" : verifier.reason(candidates.get(i)).orElse("");
      judgements.add(new Judgement(responses.get(i).id(), reward, passed, shortened(reason)));
    }
    return judgements;
  }

  private static Candidate candidate(Prompt prompt, String text) {
    int[] bytes = ByteVocabulary.INSTANCE.encode(text);
    return Candidate.complete(prompt, ByteVocabulary.INSTANCE, bytes, FinishReason.STOP);
  }

  private static String shortened(String reason) {
    String line = reason.strip().replaceAll("\\R+", " ");
    if (line.codePointCount(0, line.length()) <= REASON) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, REASON - 1)) + "…";
  }

  @Override
  public void close() {
    verifier.close();
  }
}
