package io.tailwalk.builtin;

import io.tailwalk.core.Plural;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelUsage;

/** A pure model with a prompt: checks, counts, and evaluates the distribution. */
final class PureContext implements ModelContext {
  private final PureModel model;
  private final int[] promptTokenIds;
  private final int maxCompletionTokens;
  private long modelTokens;
  private long modelCalls;
  private boolean closed;

  PureContext(PureModel model, int[] promptTokenIds, ContextOptions options) {
    this.model = model;
    this.promptTokenIds = promptTokenIds;
    this.maxCompletionTokens = options.maxCompletionTokens();
  }

  @Override
  public LogProbs[] next(int[][] prefixes) {
    if (closed) {
      throw new IllegalStateException("this context of " + model.identity().name() + " is closed");
    }
    for (int[] prefix : prefixes) {
      check(prefix);
    }
    var distributions = new LogProbs[prefixes.length];
    for (int i = 0; i < prefixes.length; i++) {
      distributions[i] = model.distribution(promptTokenIds, prefixes[i]);
      modelTokens += prefixes[i].length == 0 ? 0 : 1;
    }
    modelCalls += prefixes.length == 0 ? 0 : 1;
    return distributions;
  }

  private void check(int[] prefix) {
    model.requireTokens(prefix);
    if (prefix.length > maxCompletionTokens) {
      throw new ModelException(
          "a prefix of "
              + prefix.length
              + " "
              + Plural.noun(prefix.length, "token")
              + " does not fit: the context was opened for max_tokens "
              + maxCompletionTokens);
    }
  }

  @Override
  public int[] promptTokenIds() {
    return promptTokenIds.clone();
  }

  @Override
  public int maxCompletionTokens() {
    return maxCompletionTokens;
  }

  @Override
  public ModelUsage usage() {
    return new ModelUsage(modelCalls == 0 ? 0 : promptTokenIds.length, modelTokens, 0, modelCalls);
  }

  @Override
  public void close() {
    closed = true;
  }
}
