package io.tailwalk.lab.letter;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What another model thinks of a text behind the same prompt: its log-probability in that model's
 * own tokens.
 */
final class Judge implements AutoCloseable {
  /** Room for the texts in the judge's tokens, single bytes at worst. */
  private static final int ROOM = 512;

  private final LanguageModel model;
  private final ModelContext context;
  private final Map<String, Score> known = new HashMap<>();

  /**
   * A score.
   *
   * @param logProb nats
   * @param tokens in how many tokens of the judge
   */
  record Score(double logProb, int tokens) {}

  /** A judge of texts behind a prompt; the model stays the caller's. */
  Judge(LanguageModel model, String prompt) {
    this.model = model;
    this.context = model.open(model.encode(Prompt.text(prompt)), new ContextOptions(ROOM, 1));
  }

  /** The score of a text; one without any token has log-probability 0. */
  Score score(String text) {
    return known.computeIfAbsent(text, this::ask);
  }

  private Score ask(String text) {
    int[] tokens = model.vocabulary().encode(text);
    double[] logProbs = tokens.length == 0 ? new double[0] : context.score(tokens);
    return new Score(Arrays.stream(logProbs).sum(), tokens.length);
  }

  @Override
  public void close() {
    context.close();
  }
}
