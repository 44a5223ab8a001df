package io.tailwalk.llama;

import io.tailwalk.core.model.ModelUsage;

/** Counts the tokens and calls of the model. */
final class UsageMeter {
  private final PathSet seen = new PathSet();
  private long promptTokens;
  private long modelTokens;
  private long recomputedTokens;
  private long modelCalls;
  private long decodeCalls;

  /** One batch that was computed. */
  void call() {
    modelCalls++;
  }

  /** One call of llama_decode, refused or not. */
  void decode() {
    decodeCalls++;
  }

  void promptTokens(int count) {
    promptTokens += count;
  }

  /** One completion token, identified by the hash of the path that ends with it. */
  void completionToken(long path) {
    modelTokens++;
    if (!seen.add(path)) {
      recomputedTokens++;
    }
  }

  ModelUsage usage() {
    return new ModelUsage(promptTokens, modelTokens, recomputedTokens, modelCalls, decodeCalls);
  }
}
