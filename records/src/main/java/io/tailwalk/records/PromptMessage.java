package io.tailwalk.records;

/**
 * One turn of a chat.
 *
 * @param role who speaks, such as {@code system}, {@code user}, {@code assistant}
 * @param content what is said
 */
public record PromptMessage(String role, String content) {
  /** Refuses a blank role. */
  public PromptMessage {
    if (role.isBlank()) {
      throw new IllegalArgumentException("the role of a message is blank");
    }
  }
}
