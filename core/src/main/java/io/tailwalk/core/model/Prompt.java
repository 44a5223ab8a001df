package io.tailwalk.core.model;

import java.util.List;

/**
 * The text that a completion continues. The model converts it to token ids: see {@link
 * LanguageModel#encode}.
 */
public sealed interface Prompt {

  /** Plain text, continued unchanged. */
  record Text(String text) implements Prompt {}

  /**
   * A chat, formatted by the model's chat template up to the beginning of the assistant's message.
   */
  record Chat(List<ChatMessage> messages) implements Prompt {
    /** Refuses an empty chat. */
    public Chat {
      messages = List.copyOf(messages);
      if (messages.isEmpty()) {
        throw new IllegalArgumentException("a chat needs at least one message");
      }
    }
  }

  /** Exact token ids, passed through unchanged (no BOS is added). */
  record Tokens(List<Integer> tokenIds) implements Prompt {
    /** Keeps an immutable copy. */
    public Tokens {
      tokenIds = List.copyOf(tokenIds);
    }
  }

  /** A plain-text prompt. */
  static Prompt text(String text) {
    return new Text(text);
  }
}
