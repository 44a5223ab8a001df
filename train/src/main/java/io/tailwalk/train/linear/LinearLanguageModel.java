package io.tailwalk.train.linear;

import io.tailwalk.builtin.PureModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.Prompt;
import java.util.Arrays;

/**
 * A distribution of responses as a language model for samplers. Prompt x is the text {@code <x>};
 * open it for the number of tokens of its responses.
 */
public final class LinearLanguageModel extends PureModel {
  private final FeatureMap features;
  private final SequenceDistribution distribution;
  private final int letters;

  /**
   * From a distribution.
   *
   * @param identity for results
   * @param features prompts, tokens and lengths
   * @param distribution a linear model, or a model with test-time training
   * @param letters one ASCII character per token, to print responses
   */
  public LinearLanguageModel(
      ModelIdentity identity,
      FeatureMap features,
      SequenceDistribution distribution,
      String letters) {
    super(identity, new LinearVocabulary(letters, features.prompts()));
    if (letters.length() != features.vocabularySize()) {
      throw new IllegalArgumentException(
          "\""
              + letters
              + "\" names "
              + letters.length()
              + " tokens, the features have "
              + features.vocabularySize());
    }
    this.features = features;
    this.distribution = distribution;
    this.letters = letters.length();
  }

  /** A linear model, identified by its parameters. */
  public static LinearLanguageModel of(String name, LinearModel model, String letters) {
    String fingerprint = Integer.toHexString(Arrays.hashCode(model.theta()));
    String description = "linear model of " + model.features().dimension() + " parameters";
    return new LinearLanguageModel(
        new ModelIdentity(name, description, fingerprint), model.features(), model, letters);
  }

  /** The text that represents a prompt. */
  public static Prompt prompt(int number) {
    return Prompt.text("<" + number + ">");
  }

  @Override
  protected LogProbs distribution(int[] promptTokenIds, int[] prefix) {
    int prompt = promptTokenIds.length == 1 ? promptTokenIds[0] - letters : -1;
    if (prompt < 0) {
      throw new ModelException(
          identity().name()
              + " continues one prompt token, <0> to <"
              + (features.prompts() - 1)
              + ">; give it one of those");
    }
    if (prefix.length >= features.length(prompt)) {
      throw new ModelException(
          "responses to <"
              + prompt
              + "> have "
              + features.length(prompt)
              + " tokens; set max_tokens to that");
    }
    double[] scores = new double[letters + features.prompts()];
    Arrays.fill(scores, Double.NEGATIVE_INFINITY);
    double[] logProbs = distribution.next(prompt, requireLetters(prefix), prefix.length);
    System.arraycopy(logProbs, 0, scores, 0, letters);
    return LogProbs.of(scores);
  }

  private int[] requireLetters(int[] prefix) {
    for (int token : prefix) {
      if (token >= letters) {
        throw new ModelException(
            "token " + token + " is a prompt of " + identity().name() + "; it has no response");
      }
    }
    return prefix;
  }
}
