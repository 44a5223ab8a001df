package io.tailwalk.core.model;

import java.util.List;

/**
 * What a completion continues. The model turns it into token ids: see {@link LanguageModel#encode}.
 */
public sealed interface Prompt {

  /** Plain text, continued as it stands. */
  record Text(String text) implements Prompt {}

  /** A chat, laid out by the model's own chat template up to where the assistant speaks. */
  record Chat(List<ChatMessage> messages) implements Prompt {
    /** Refuses an empty chat. */
    public Chat {
      messages = List.copyOf(messages);
      if (messages.isEmpty()) {
        throw new IllegalArgumentException("a chat needs at least one message");
      }
    }
  }

  /** Exact token ids, passed through untouched (no BOS is added). */
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
