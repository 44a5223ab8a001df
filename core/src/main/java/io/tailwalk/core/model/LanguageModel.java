package io.tailwalk.core.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A language model: the distribution of the next token given a prompt and a prefix. The model
 * itself holds weights and is safe to share between threads; each {@link ModelContext} belongs to
 * one thread at a time.
 */
public interface LanguageModel extends AutoCloseable {

  /** The identity of the model. */
  ModelIdentity identity();

  /** The tokens of the model. */
  Vocabulary vocabulary();

  /**
   * Token ids of a prompt: with the special tokens and the chat template that the model requires.
   * The content of a chat's messages is text: it never becomes a control token.
   *
   * @throws ModelException if the prompt cannot be formatted, for example a chat without a template
   */
  int[] encode(Prompt prompt);

  /**
   * Opens a context for a prompt.
   *
   * @param promptTokenIds the prompt, as returned by {@link #encode}
   * @param options the size that the caller requests
   * @throws ModelException if the prompt does not fit into the model's context
   */
  ModelContext open(int[] promptTokenIds, ContextOptions options);

  /** What the model can be asked for: by default everything that follows from distributions. */
  default Capabilities capabilities() {
    return Capabilities.COMPUTED;
  }

  /** How the model formats chats; empty if it has no chat template. */
  default Optional<ChatFormat> chatFormat() {
    return Optional.empty();
  }

  /**
   * Size of a hidden state, if contexts have {@link ModelContext#hiddenStates}; otherwise empty.
   */
  default OptionalInt hiddenWidth() {
    return OptionalInt.empty();
  }

  /** What the servers of the model were asked for so far; empty for a model in this process. */
  default List<ServedUsage> servedUsage() {
    return List.of();
  }

  @Override
  void close();
}
