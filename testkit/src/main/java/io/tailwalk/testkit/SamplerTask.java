package io.tailwalk.testkit;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.AfterReasoning;
import io.tailwalk.core.verify.ReasoningTags;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.Verifiers;
import java.util.List;

/**
 * What a sampler is tested on: a model, a prompt, a verifier, a value of prefixes and a length
 * limit. Every token is a child of a node; there are no stop strings.
 *
 * @param name for messages
 * @param model to draw from; it holds nothing that needs closing
 * @param prompt what is continued
 * @param verifier the tilt of complete responses
 * @param value the value of prefixes
 * @param maxTokens length limit, at least 1
 */
public record SamplerTask(
    String name,
    LanguageModel model,
    Prompt prompt,
    Verifier verifier,
    ValueFunction value,
    int maxTokens) {
  private static final int SMALL = 4;
  private static final int LARGE = 24;
  private static final Prompt PROMPT = Prompt.text("");

  /** The exact distribution of the responses; for small trees. */
  public ExactDistribution exact() {
    return ExactDistribution.of(model, prompt, verifier, maxTokens);
  }

  /** The same task with another model, for example one that counts. */
  public SamplerTask withModel(LanguageModel other) {
    return new SamplerTask(name, other, prompt, verifier, value, maxTokens);
  }

  /** The same task with another verifier and value. */
  public SamplerTask with(Verifier otherVerifier, ValueFunction otherValue) {
    return new SamplerTask(name, model, prompt, otherVerifier, otherValue, maxTokens);
  }

  /**
   * Trees of 31 leaves: verdicts and graded rewards, values that are exact, wrong by a factor of up
   * to three, and absent, answers behind a tag, and success probabilities from 0.02 to 0.6.
   */
  public static List<SamplerTask> small() {
    var common = new SmallVerifier("a at the end", text -> text.endsWith("a") ? 0 : FAIL);
    var rare = new SmallVerifier("bbb", text -> text.contains("bbb") ? 0 : FAIL);
    var graded = new SmallVerifier("fewer b", text -> -1.2 * text.replace("a", "").length());
    return List.of(
        small("verdict, exact value", 1, common, 0),
        small("verdict, wrong value", 2, common, Math.log(3)),
        small("graded reward, wrong value", 3, graded, Math.log(3)),
        reasoning(),
        new SamplerTask(
            "rare pass, no value", new SeededModel(4), PROMPT, rare, ValueFunction.ONE, SMALL));
  }

  /** Answers behind the tag {@code ba} must not contain an a; the value knows answers only. */
  private static SamplerTask reasoning() {
    var verifier = new AfterReasoning(Verifiers.avoid("a"), new ReasoningTags("ab", "ba"));
    return new SamplerTask(
        "answer behind a tag", new SeededModel(7), PROMPT, verifier, verifier.prefixValue(), SMALL);
  }

  private static SamplerTask small(String name, long seed, Verifier verifier, double logError) {
    var model = new SeededModel(seed);
    ExactDistribution exact = ExactDistribution.of(model, PROMPT, verifier, SMALL);
    var value = new DistortedValue(exact, logError, seed);
    return new SamplerTask(name, model, PROMPT, verifier, value, SMALL);
  }

  /** A tree that no budget of a test explores, of which about half of the responses pass. */
  public static SamplerTask large() {
    var even =
        new SmallVerifier("even", text -> text.replace("a", "").length() % 2 == 0 ? 0 : FAIL);
    return new SamplerTask(
        "large tree", new SeededModel(5), PROMPT, even, ValueFunction.ONE, LARGE);
  }

  /** A small tree on which nothing passes. */
  public static SamplerTask hopeless() {
    var nothing = new SmallVerifier("nothing", _ -> FAIL);
    return new SamplerTask(
        "nothing passes", new SeededModel(6), PROMPT, nothing, ValueFunction.ONE, SMALL);
  }

  private static final double FAIL = Double.NEGATIVE_INFINITY;
}
