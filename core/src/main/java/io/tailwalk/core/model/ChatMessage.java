package io.tailwalk.core.model;

/**
 * One message of a chat.
 *
 * @param role {@code system}, {@code user} or {@code assistant}
 * @param content the text
 */
public record ChatMessage(String role, String content) {
  /** Refuses a blank role. */
  public ChatMessage {
    if (role.isBlank()) {
      throw new IllegalArgumentException("the role of a message is blank");
    }
  }
}
