package io.tailwalk.verifiers.judge;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.verifiers.spec.ModelOpener;
import io.tailwalk.verifiers.spec.SpecFiles;
import io.tailwalk.verifiers.spec.SpecOptions;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A second language model that is asked, in its own chat template, whether a text is good. Its
 * probability of "yes" against "no" as the next token (in any case, with or without a leading
 * space) is the value of a prefix, never below a floor, and the reward of a complete text, unless
 * it only guides. Questions are sent to the model one at a time.
 */
public final class JudgeVerifier implements Verifier {
  private static final Set<String> OPTIONS = Set.of("template", "leaf");
  private static final double FLOOR = 1e-6;

  private final String name;
  private final LanguageModel model;
  private final String modelName;
  private final String template;
  private final Map<String, String> files;
  private final boolean guidesOnly;
  private final int[] yes;
  private final int[] no;

  private JudgeVerifier(
      String name, SpecOptions options, LanguageModel model, Optional<SpecFiles.Loaded> template) {
    this.name = name;
    this.model = model;
    this.modelName = options.first();
    this.template = template.map(SpecFiles.Loaded::text).orElse(JudgeTemplate.DEFAULT);
    this.files = template.map(SpecFiles.Loaded::sources).orElse(Map.of());
    this.guidesOnly = options.choice("leaf", "score", "pass").equals("pass");
    this.yes = spellings(model.vocabulary(), "yes");
    this.no = spellings(model.vocabulary(), "no");
    if (yes.length == 0 || no.length == 0) {
      throw new IllegalArgumentException(
          "judge: the model has no tokens for yes and no; use another model");
    }
  }

  /**
   * From {@code gguf:PATH,template=FILE,leaf=score|pass}.
   *
   * @param models opens the model
   * @throws IllegalArgumentException in one sentence if the argument is invalid
   * @throws VerifierException if the model cannot be opened
   */
  public static JudgeVerifier ofSpec(String argument, ModelOpener models) {
    SpecOptions options = SpecOptions.parse("judge", argument, OPTIONS);
    if (options.first().isEmpty()) {
      throw new IllegalArgumentException("judge: needs a model; write judge:gguf:PATH");
    }
    Optional<SpecFiles.Loaded> template =
        options.get("template").map(file -> JudgeTemplate.load("judge", file));
    options.choice("leaf", "score", "pass");
    LanguageModel model;
    try {
      model = models.open(options.first());
    } catch (ModelException e) {
      throw new VerifierException("judge: " + e.getMessage(), e);
    }
    try {
      return new JudgeVerifier("judge:" + argument, options, model, template);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static int[] spellings(Vocabulary vocabulary, String word) {
    return IntStream.range(0, vocabulary.size())
        .filter(token ->
            !vocabulary.isEnd(token)
                && new String(vocabulary.bytes(token), StandardCharsets.UTF_8)
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .equals(word))
        .toArray();
  }

  @Override
  public String name() {
    return name;
  }

  /** The judge's model and the file of its template. */
  @Override
  public Map<String, String> sources() {
    var all = new LinkedHashMap<String, String>(files);
    all.put("judge's model " + modelName, model.identity().fingerprint());
    return all;
  }

  @Override
  public double logReward(Candidate complete) {
    return guidesOnly ? 0 : logYes(complete);
  }

  /** A probability, or always 1. */
  @Override
  public double logRewardBound() {
    return 0;
  }

  @Override
  public ValueFunction prefixValue() {
    return prefix -> Math.max(Math.log(FLOOR), logYes(prefix));
  }

  /** {@code log P(yes) - log (P(yes) + P(no))}. */
  private synchronized double logYes(Candidate candidate) {
    String question =
        JudgeTemplate.fill(template, JudgeTemplate.text(candidate.prompt()), candidate.text());
    try (ModelContext context = model.open(encode(question), new ContextOptions(1, 1))) {
      LogProbs distribution = context.next(new int[][] {{}})[0];
      double logYes = logSum(distribution, yes);
      double logNo = logSum(distribution, no);
      double most = Math.max(logYes, logNo);
      double both = most + Math.log(Math.exp(logYes - most) + Math.exp(logNo - most));
      return Math.min(0, logYes - both);
    } catch (ModelException e) {
      throw new VerifierException("the verifier " + name + " failed: " + e.getMessage(), e);
    }
  }

  private int[] encode(String question) {
    return model.encode(
        model.chatFormat().isPresent()
            ? new Prompt.Chat(List.of(new ChatMessage("user", question)))
            : Prompt.text(question + "\nReply:"));
  }

  private static double logSum(LogProbs distribution, int[] tokens) {
    double most = Double.NEGATIVE_INFINITY;
    for (int token : tokens) {
      most = Math.max(most, distribution.logProb(token));
    }
    double sum = 0;
    for (int token : tokens) {
      sum += most == Double.NEGATIVE_INFINITY ? 0 : Math.exp(distribution.logProb(token) - most);
    }
    return most + Math.log(sum);
  }

  @Override
  public void close() {
    model.close();
  }
}
