package io.tailwalk.chat.jinja;

import io.tailwalk.chat.ChatText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Python's operations on strings, which keep the origin of each character. */
final class Strings {
  private static final int MOST_STRIPPED = 1000;

  private Strings() {}

  /** Whether Python counts a character as whitespace. */
  static boolean isSpace(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || c == 0x85
        || (c >= 0x1c && c <= 0x1f);
  }

  /** Whether all characters are whitespace. */
  static boolean isBlank(String text) {
    return text.codePoints().allMatch(Strings::isSpace);
  }

  /** Number of code points. */
  static int length(ChatText text) {
    return text.text().codePointCount(0, text.length());
  }

  /** The place of a code point, in UTF-16 units. */
  static int place(ChatText text, int codePoint) {
    return text.text().offsetByCodePoints(0, codePoint);
  }

  /**
   * Without characters at its ends.
   *
   * @param characters what is removed; empty for whitespace
   */
  static ChatText strip(ChatText text, Optional<ChatText> characters, boolean left, boolean right) {
    if (characters.isPresent() && characters.get().length() > MOST_STRIPPED) {
      throw new TemplateFault("it strips more than " + MOST_STRIPPED + " different characters");
    }
    String all = text.text();
    int from = 0;
    int to = all.length();
    while (left && from < to && isStripped(all.codePointAt(from), characters)) {
      from += Character.charCount(all.codePointAt(from));
    }
    while (right && to > from && isStripped(all.codePointBefore(to), characters)) {
      to -= Character.charCount(all.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  private static boolean isStripped(int c, Optional<ChatText> characters) {
    return characters.isPresent() ? characters.get().text().indexOf(c) >= 0 : isSpace(c);
  }

  /**
   * The parts between separators.
   *
   * @param most maximal number of separators; negative for all
   * @param fromRight whether the last separators count
   */
  static List<ChatText> split(
      ChatText text, String separator, long most, boolean fromRight, Meter meter) {
    meter.search(text.length(), separator.length());
    if (separator.isEmpty()) {
      throw new TemplateFault("it splits by an empty separator");
    }
    List<ChatText> parts = new ArrayList<>();
    int from = 0;
    int to = text.length();
    while (most < 0 || parts.size() < most) {
      int at =
          fromRight
              ? (to < separator.length()
                  ? -1
                  : text.text().lastIndexOf(separator, to - separator.length()))
              : text.text().indexOf(separator, from);
      if (at < 0) {
        break;
      }
      if (fromRight) {
        parts.addFirst(text.substring(at + separator.length(), to));
        to = at;
      } else {
        parts.add(text.substring(from, at));
        from = at + separator.length();
      }
    }
    if (fromRight) {
      parts.addFirst(text.substring(0, to));
    } else {
      parts.add(text.substring(from, to));
    }
    return parts;
  }

  /** The words between runs of whitespace. */
  static List<ChatText> words(ChatText text, long most) {
    List<ChatText> words = new ArrayList<>();
    ChatText rest = strip(text, Optional.empty(), true, false);
    int place = 0;
    while (place < rest.length()) {
      if (most >= 0 && words.size() >= most) {
        words.add(rest.substring(place, rest.length()));
        return words;
      }
      int end = place;
      while (end < rest.length() && !isSpace(rest.text().charAt(end))) {
        end++;
      }
      words.add(rest.substring(place, end));
      place = end;
      while (place < rest.length() && isSpace(rest.text().charAt(place))) {
        place++;
      }
    }
    return words;
  }

  /** The lines. */
  static List<ChatText> lines(ChatText text, boolean keepEnds) {
    List<ChatText> lines = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = from;
      while (end < text.length() && !isLineEnd(text.text().charAt(end))) {
        end++;
      }
      int behind = end;
      if (end < text.length()) {
        behind += text.text().startsWith("\r\n", end) ? 2 : 1;
      }
      lines.add(text.substring(from, keepEnds ? behind : end));
      from = behind;
    }
    return lines;
  }

  private static boolean isLineEnd(char c) {
    return (c >= '\n' && c <= '\r')
        || (c >= 0x1c && c <= 0x1e)
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }

  /**
   * With one text instead of another.
   *
   * @param most maximal number of replacements; negative for all
   */
  static ChatText replace(ChatText text, String old, ChatText replacement, long most, Meter meter) {
    meter.search(text.length(), old.length());
    var result = new ChatText.Builder();
    int from = 0;
    long count = 0;
    while (most < 0 || count < most) {
      int at = text.text().indexOf(old, from);
      if (at < 0 || (old.isEmpty() && at >= text.length())) {
        break;
      }
      int next = old.isEmpty() ? at + 1 : at + old.length();
      if (old.isEmpty()) {
        result.add(replacement).add(text.substring(at, next));
      } else {
        result.add(text.substring(from, at)).add(replacement);
      }
      meter.length(replacement.length());
      if (result.length() > Meter.MOST_LENGTH) {
        throw new TemplateFault("it makes a text longer than " + Meter.MOST_LENGTH);
      }
      from = next;
      count++;
    }
    result.add(text.substring(from, text.length()));
    if (old.isEmpty() && (most < 0 || count < most)) {
      result.add(replacement);
    }
    return result.build();
  }

  /** With each part of one origin changed. */
  static ChatText map(ChatText text, UnaryOperator<String> change) {
    var result = new ChatText.Builder();
    text.parts().forEach(part -> result.add(change.apply(part.text()), part.content()));
    return result.build();
  }

  /** With every code point changed, with regard to the one before it; 0 before the first. */
  static ChatText mapPoints(ChatText text, PointChange change) {
    var result = new ChatText.Builder();
    String all = text.text();
    int before = 0;
    int i = 0;
    while (i < all.length()) {
      int point = all.codePointAt(i);
      result.add(change.apply(point, before), text.isContent(i));
      before = point;
      i += Character.charCount(point);
    }
    return result.build();
  }

  /** The text of a code point. */
  interface PointChange {
    /** Returns the text that replaces a code point. */
    String apply(int point, int before);
  }

  /** Texts with a separator between them. */
  static ChatText join(ChatText separator, List<ChatText> texts, Meter meter) {
    var result = new ChatText.Builder();
    for (int i = 0; i < texts.size(); i++) {
      result.add(i == 0 ? ChatText.EMPTY : separator).add(texts.get(i));
      meter.step();
    }
    meter.length(result.length());
    return result.build();
  }

  /** A text several times. */
  static ChatText repeat(ChatText text, long times, Meter meter) {
    long count = Math.max(0, times);
    meter.length(
        Math.multiplyHigh(count, text.length()) != 0 ? Long.MAX_VALUE : count * text.length());
    var result = new ChatText.Builder();
    for (long i = 0; i < count && text.length() > 0; i++) {
      result.add(text);
    }
    return result.build();
  }
}
