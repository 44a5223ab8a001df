package io.tailwalk.lab.letter;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Scores texts after the same prompt with another model: their log-probability in that model's own
 * tokens.
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
   * @param logProb log-probability of the text, nats
   * @param tokens number of the judge's tokens
   */
  record Score(double logProb, int tokens) {}

  /** Makes a judge of texts after a prompt; the caller closes the model. */
  Judge(LanguageModel model, String prompt) {
    this.model = model;
    this.context = model.open(model.encode(Prompt.text(prompt)), new ContextOptions(ROOM, 1));
  }

  /** The score of a text; a text without tokens has log-probability 0. */
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
