package io.tailwalk.chat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * An immutable text that knows for each character whether it is content, that is, derives from a
 * message, or was written by the author of the template.
 */
public final class ChatText {
  /** The empty text. */
  public static final ChatText EMPTY = new ChatText("", new BitSet());

  /**
   * A part of a text, not empty.
   *
   * @param text the characters
   * @param content whether they are content
   */
  public record Part(String text, boolean content) {}

  private final String text;
  private final BitSet content;

  private ChatText(String text, BitSet content) {
    this.text = text;
    this.content = content;
  }

  /** A text of the template's author. */
  public static ChatText ofTemplate(String text) {
    return text.isEmpty() ? EMPTY : new ChatText(text, new BitSet());
  }

  /** A text that is content. */
  public static ChatText ofContent(String text) {
    return of(text, true);
  }

  /** A text of one origin. */
  public static ChatText of(String text, boolean content) {
    var marks = new BitSet();
    marks.set(0, text.length(), content);
    return new ChatText(text, marks);
  }

  /** The characters. */
  public String text() {
    return text;
  }

  /** Number of UTF-16 units. */
  public int length() {
    return text.length();
  }

  /** Whether the UTF-16 unit at a place is content. */
  public boolean isContent(int place) {
    return content.get(place);
  }

  /** Whether a character between two places is content. */
  public boolean hasContent(int from, int to) {
    int next = content.nextSetBit(from);
    return next >= 0 && next < to;
  }

  /** Whether a character is content. */
  public boolean hasContent() {
    return !content.isEmpty();
  }

  /** The characters from one place up to another. */
  public ChatText substring(int from, int to) {
    if (from == 0 && to == text.length()) {
      return this;
    }
    return new ChatText(text.substring(from, to), content.get(from, to));
  }

  /** This text and another behind it. */
  public ChatText plus(ChatText other) {
    if (text.isEmpty()) {
      return other;
    }
    return other.text.isEmpty() ? this : new Builder().add(this).add(other).build();
  }

  /** The maximal parts of one origin, in order. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      boolean marked = content.get(from);
      int end = marked ? content.nextClearBit(from) : content.nextSetBit(from);
      int to = end < 0 ? text.length() : Math.min(end, text.length());
      parts.add(new Part(text.substring(from, to), marked));
      from = to;
    }
    return List.copyOf(parts);
  }

  /** Equal if the characters and their origins are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ChatText that && text.equals(that.text) && content.equals(that.content);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The characters. */
  @Override
  public String toString() {
    return text;
  }

  /** Collects a text from parts. */
  public static final class Builder {
    private final StringBuilder text = new StringBuilder();
    private final BitSet content = new BitSet();

    /** An empty text. */
    public Builder() {}

    /** Adds a text. */
    public Builder add(ChatText more) {
      int base = text.length();
      text.append(more.text);
      int from = more.content.nextSetBit(0);
      while (from >= 0) {
        int to = more.content.nextClearBit(from);
        content.set(base + from, base + to);
        from = more.content.nextSetBit(to);
      }
      return this;
    }

    /** Adds a text of one origin. */
    public Builder add(String more, boolean marked) {
      content.set(text.length(), text.length() + more.length(), marked);
      text.append(more);
      return this;
    }

    /** Number of UTF-16 units so far. */
    public int length() {
      return text.length();
    }

    /** The text. */
    public ChatText build() {
      return new ChatText(text.toString(), (BitSet) content.clone());
    }
  }
}
