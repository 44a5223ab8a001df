package io.tailwalk.core.verify;

/**
 * The texts around the reasoning that a model writes before its answer. The reasoning ends at the
 * first closing tag; the opening tag may be part of the prompt, of the completion, or missing.
 *
 * @param open the opening tag, 1 to 64 characters
 * @param close the closing tag, 1 to 64 characters, different from the opening tag
 */
public record ReasoningTags(String open, String close) {
  /** The tags of most models: {@code <think>} and {@code </think>}. */
  public static final ReasoningTags DEFAULT = new ReasoningTags("<think>", "</think>");

  private static final int LONGEST = 64;

  /** Refuses tags that are empty, too long, equal, or begin or end with whitespace. */
  public ReasoningTags {
    require(open);
    require(close);
    if (open.equals(close)) {
      throw new IllegalArgumentException(
          "the opening and the closing tag of the reasoning are both '"
              + open
              + "'; give two tags");
    }
  }

  private static void require(String tag) {
    if (tag.isEmpty() || tag.length() > LONGEST || !tag.equals(tag.strip())) {
      throw new IllegalArgumentException(
          "a tag of the reasoning needs 1 to "
              + LONGEST
              + " characters without whitespace around them, got '"
              + tag.substring(0, Math.min(tag.length(), LONGEST))
              + "'");
    }
  }

  /**
   * Reads two tags with a comma between them, such as {@code <think>,</think>}.
   *
   * @throws IllegalArgumentException if there are not two different tags
   */
  public static ReasoningTags parse(String text) {
    int comma = text.indexOf(',');
    if (comma < 0 || text.indexOf(',', comma + 1) >= 0) {
      throw new IllegalArgumentException(
          "the tags of the reasoning are written OPEN,CLOSE, for example <think>,</think>");
    }
    return new ReasoningTags(text.substring(0, comma), text.substring(comma + 1));
  }

  /** Whether a prompt opens the reasoning, so that the completion begins inside it. */
  public boolean openedBy(String prompt) {
    return prompt.stripTrailing().endsWith(open);
  }

  /** Whether a prompt closes the reasoning, so that the completion is the answer. */
  public boolean closedBy(String prompt) {
    return prompt.stripTrailing().endsWith(close);
  }

  /** The tags with a comma between them. */
  @Override
  public String toString() {
    return open + "," + close;
  }
}
