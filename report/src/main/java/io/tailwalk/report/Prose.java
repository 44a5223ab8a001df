package io.tailwalk.report;

import java.util.List;

/**
 * Plain text.
 *
 * @param paragraphs paragraphs in order, without markup
 */
public record Prose(List<String> paragraphs) implements Block {
  /** Copies the paragraphs. */
  public Prose {
    paragraphs = List.copyOf(paragraphs);
  }

  /** Returns plain text with the given paragraphs. */
  public static Prose of(String... paragraphs) {
    return new Prose(List.of(paragraphs));
  }
}
