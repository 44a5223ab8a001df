package io.tailwalk.bench;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelUsage;
import java.util.Arrays;

/** {@link FreeModel} with scores of its own for every prefix, which take memory as a model's do. */
final class FreshModel implements ModelContext {
  private final FreeModel tables;
  private long tokens;
  private long calls;

  FreshModel(FreeModel tables) {
    this.tables = tables;
  }

  @Override
  public LogProbs[] next(int[][] prefixes) {
    calls++;
    tokens += prefixes.length;
    LogProbs[] distributions = new LogProbs[prefixes.length];
    for (int i = 0; i < prefixes.length; i++) {
      float[] scores = tables.table(Math.floorMod(Arrays.hashCode(prefixes[i]) * 31, 64));
      distributions[i] = LogProbs.ofLogits(scores.clone());
    }
    return distributions;
  }

  @Override
  public int[] promptTokenIds() {
    return tables.promptTokenIds();
  }

  @Override
  public int maxCompletionTokens() {
    return tables.maxCompletionTokens();
  }

  @Override
  public ModelUsage usage() {
    return new ModelUsage(1, tokens, 0, calls);
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
