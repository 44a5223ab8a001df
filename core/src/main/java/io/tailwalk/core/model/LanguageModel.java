package io.tailwalk.core.model;

import java.util.OptionalInt;

/**
 * A language model: the law of the next token given a prompt and a prefix. The model itself holds
 * weights and is safe to share between threads; each {@link ModelContext} belongs to one thread at
 * a time.
 */
public interface LanguageModel extends AutoCloseable {

  /** Who the model is. */
  ModelIdentity identity();

  /** Its tokens. */
  Vocabulary vocabulary();

  /**
   * Token ids of a prompt: special tokens and chat template as the model wants them.
   *
   * @throws ModelException if the prompt cannot be laid out, for example a chat without a template
   */
  int[] encode(Prompt prompt);

  /**
   * Opens a context behind a prompt.
   *
   * @param promptTokenIds the prompt, as {@link #encode} gives it
   * @param options how much room the caller wants
   * @throws ModelException if the prompt does not fit into the model's context
   */
  ModelContext open(int[] promptTokenIds, ContextOptions options);

  /**
   * Numbers in a hidden state, where contexts have {@link ModelContext#hiddenStates}; else empty.
   */
  default OptionalInt hiddenWidth() {
    return OptionalInt.empty();
  }

  @Override
  void close();
}
