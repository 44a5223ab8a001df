package io.tailwalk.core.model;

/** How a model formats chats as text. */
public interface ChatFormat {
  /** Where the format comes from, a noun phrase for people. */
  String description();

  /** A hash that changes when the format does (hex), for provenance. */
  String fingerprint();

  /**
   * The text of a chat, up to the beginning of the assistant's next message, with control tokens
   * spelled out.
   *
   * @throws ModelException if the format refuses the chat, or cannot be applied
   */
  String text(Prompt.Chat chat);
}
