package io.tailwalk.verifiers.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the first place at which a text is not JSON and says what to do about it. */
final class JsonFault {
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d*+)(?:\\.\\d++)?(?:[eE][+-]?\\d++)?");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_$.+-]{1,200}+");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4})");
  private static final int MAX_SHOWN = 40;

  /** What is expected next. */
  private enum Next {
    VALUE,
    FIRST_VALUE,
    NAME,
    FIRST_NAME,
    COLON,
    COMMA,
    END
  }

  /** Ends the search. */
  private static final class Found extends Exception {
    private static final long serialVersionUID = 1;

    Found(String sentence) {
      super(sentence, null, false, false);
    }
  }

  private final String text;
  private int at;
  private final Deque<Character> open = new ArrayDeque<>();
  private final Deque<Set<String>> names = new ArrayDeque<>();
  private Next next = Next.VALUE;

  private JsonFault(String text) {
    this.text = text;
  }

  /**
   * The first fault of a text with its line and column, and the remedy: "line 3 column 7 has a
   * comment; remove it". Empty if the text is JSON without duplicate names, and within limits.
   */
  static Optional<String> of(String text) {
    var fault = new JsonFault(text);
    try {
      fault.scan();
      return Optional.empty();
    } catch (Found e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Found found(int place, String what, String remedy) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < place; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        start = i + 1;
      }
    }
    int column = text.codePointCount(start, place) + 1;
    return new Found("line " + line + " column " + column + " " + what + "; " + remedy);
  }

  private void scan() throws Found {
    if (text.startsWith("\ufeff")) {
      throw found(0, "has a byte order mark", "save the file as UTF-8 without one");
    }
    while (true) {
      skip();
      if (at == text.length()) {
        if (next != Next.END) {
          throw end();
        }
        return;
      }
      char c = text.charAt(at);
      switch (next) {
        case END -> throw found(at, "has text behind the value", "keep one value in the file");
        case COMMA -> comma(c);
        case COLON -> {
          if (c != ':') {
            throw found(at, "has no colon behind a name", "write \"name\": value");
          }
          at++;
          next = Next.VALUE;
        }
        case NAME, FIRST_NAME -> name(c);
        case VALUE, FIRST_VALUE -> value(c);
      }
    }
  }

  private Found end() {
    if (text.isBlank()) {
      return found(0, "begins an empty text", "write a schema, such as {}");
    }
    return found(
        at,
        "ends the text too early",
        open.isEmpty() ? "write a value" : "close what was opened with " + open.peek());
  }

  private void skip() throws Found {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (text.startsWith("//", at) || text.startsWith("/*", at) || text.startsWith("#", at)) {
      throw found(at, "has a comment, which JSON does not have", "remove it");
    }
  }

  private void comma(char c) throws Found {
    if (c == ',') {
      at++;
      next = open.peek() == '{' ? Next.NAME : Next.VALUE;
    } else if (c == '}' || c == ']') {
      close(c);
    } else {
      throw found(at, "has no comma before " + shown(), "separate the parts by commas");
    }
  }

  private void close(char c) throws Found {
    char opened = open.peek();
    if (c != (opened == '{' ? '}' : ']')) {
      throw found(at, "has " + c + " for what was opened with " + opened, "close that first");
    }
    at++;
    open.pop();
    names.pop();
    done();
  }

  private void done() {
    next = open.isEmpty() ? Next.END : Next.COMMA;
  }

  private void name(char c) throws Found {
    if (c == '}') {
      if (next == Next.NAME) {
        throw found(at, "has a comma before it that ends nothing", "remove the comma");
      }
      close(c);
      return;
    }
    if (c != '"') {
      throw found(at, "has " + shown() + " for a name", "write names in double quotes");
    }
    int from = at;
    String name = string();
    if (!names.element().add(name)) {
      throw found(from, "has the name " + bounded(name) + " again", "keep one of the two members");
    }
    next = Next.COLON;
  }

  private void value(char c) throws Found {
    switch (c) {
      case '{', '[' -> {
        if (open.size() == JsonValues.MAX_DEPTH) {
          throw found(at, "is nested too deeply", "nest at most " + open.size() + " levels");
        }
        at++;
        open.push(c);
        names.push(new HashSet<>());
        next = c == '{' ? Next.FIRST_NAME : Next.FIRST_VALUE;
      }
      case ']' -> {
        if (next == Next.FIRST_VALUE) {
          close(c);
        } else if (!open.isEmpty() && open.peek() == '[') {
          throw found(at, "has a comma before it that ends nothing", "remove the comma");
        } else {
          throw found(at, "has ] without a value before it", "write a value");
        }
      }
      case '"' -> {
        string();
        done();
      }
      case '\'' -> throw found(at, "has a single quote", "write texts in double quotes");
      default -> {
        word();
        done();
      }
    }
  }

  /** A number, or one of JSON's three words. */
  private void word() throws Found {
    Matcher word = WORD.matcher(text).region(at, text.length());
    if (!word.lookingAt()) {
      throw found(at, "has " + shown() + " for a value", "write a JSON value");
    }
    String written = word.group();
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (number.lookingAt() && number.end() >= word.end()) {
      if (number.end() - at > JsonValues.MAX_NUMBER) {
        throw found(at, "has a number that is too long", "use at most 1,000 characters");
      }
      at = number.end();
    } else if (Set.of("true", "false", "null").contains(written)) {
      at = word.end();
    } else if (written.matches("[-+]?\\.?\\d.*")) {
      throw found(
          at,
          "has " + bounded(written) + ", which is not a number of JSON",
          "write digits such as 0.5, 10 or 1e3");
    } else {
      throw found(
          at,
          "has " + bounded(written) + ", which is not a value of JSON",
          switch (written.toLowerCase(Locale.ROOT)) {
            case "nan", "infinity", "+infinity", "-infinity", "inf", "-inf" ->
                "write a number, or leave the member out";
            case "true", "false" -> "write " + written.toLowerCase(Locale.ROOT);
            case "none", "nil", "undefined", "null" -> "write null";
            default -> "write texts in double quotes";
          });
    }
  }

  private String string() throws Found {
    int from = at++;
    var content = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return content.toString();
      }
      if (c < ' ') {
        throw found(
            at,
            "has a line break or control character in a text",
            "end the text, or write it as \\n or \\u00XX");
      }
      if (c != '\\') {
        content.append(c);
        at++;
        continue;
      }
      Matcher escape = ESCAPE.matcher(text).region(at, text.length());
      if (!escape.lookingAt()) {
        throw found(at, "has an unknown escape", "write \\\\ for a backslash");
      }
      content.append(unescaped(escape.group()));
      at = escape.end();
    }
    throw found(from, "begins a text that is not closed", "close it with a double quote");
  }

  private static char unescaped(String escape) {
    return switch (escape.charAt(1)) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> (char) Integer.parseInt(escape, 2, 6, 16);
      default -> escape.charAt(1);
    };
  }

  /** What is at the place, for a message. */
  private String shown() {
    Matcher word = WORD.matcher(text).region(at, text.length());
    return bounded(word.lookingAt() ? word.group() : Character.toString(text.codePointAt(at)));
  }

  private static String bounded(String written) {
    String line = written.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    return line.length() <= MAX_SHOWN
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MAX_SHOWN / 2)) + "...";
  }
}
