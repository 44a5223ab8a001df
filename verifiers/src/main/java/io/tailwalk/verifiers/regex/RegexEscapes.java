package io.tailwalk.verifiers.regex;

import io.tailwalk.verifiers.regex.Term.One;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the escapes and classes of a pattern at its cursor. */
final class RegexEscapes {
  private static final Set<String> POSIX =
      Set.of(
          "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct",
          "space", "upper", "xdigit", "word");
  private static final Pattern POSIX_CLASS = Pattern.compile("\\[:(\\^?)([a-zA-Z]+):\\]");
  private static final String CONTROLS = "tnrfae";
  private static final String CONTROL_CHARACTERS = "\t\n\r\f\u0007\u001b";

  private final String pattern;
  private final PatternText text;
  private final Map<Boolean, Assertions> boundaries = new HashMap<>();

  /** An escape: a character, or something else. */
  record Escaped(int literal, @Nullable Term term) {}

  RegexEscapes(String pattern, PatternText text) {
    this.pattern = pattern;
    this.text = text;
  }

  /** Reads the escape at the cursor, a backslash. */
  Escaped escape() {
    int from = text.at();
    int kind = text.skip();
    if (kind >= '1' && kind <= '9') {
      throw unsupported("a back-reference \\" + (char) kind, "write out what may be repeated");
    }
    if (kind == '<' || kind == '>') {
      throw unsupported(
          "\\" + (char) kind + ", a word boundary in some dialects",
          "write \\b, or the character without a backslash");
    }
    int control = kind > 0 ? CONTROLS.indexOf(kind) : -1;
    if (control >= 0) {
      return literal(CONTROL_CHARACTERS.charAt(control));
    }
    return switch (kind) {
      case 'A', 'G' -> term(Assertions.START);
      case 'z' -> term(Assertions.END);
      case 'Z' -> term(Assertions.end(false, text.has(Pattern.UNIX_LINES)));
      case 'b', 'B' -> boundary(kind == 'b');
      case 'R' -> term(Assertions.LINE_BREAK);
      case 'X' -> throw unsupported("a grapheme cluster \\X", "write which characters it may be");
      case 'k' -> throw unsupported("a back-reference \\k", "write out what may be repeated");
      case 'd', 'D', 'w', 'W', 's', 'S', 'h', 'H', 'v', 'V' ->
          term(new One(CharacterSets.matching("\\" + (char) kind, text.flags())));
      case 'p', 'P' -> {
        if (text.peek() == '{') {
          while (text.read() != '}') {
            // the name
          }
        } else {
          int _ = text.read();
        }
        String property = text.text(from, text.at());
        yield term(new One(CharacterSets.matching(property, text.flags())));
      }
      case 'c' -> literal(text.read() ^ 64);
      case '0' -> literal(octal());
      case 'x' -> literal(hexadecimal());
      case 'u' -> literal(utf16());
      case 'N' -> literal(named());
      default -> literal(kind);
    };
  }

  private static Escaped literal(int codePoint) {
    return new Escaped(codePoint, null);
  }

  private static Escaped term(Term term) {
    return new Escaped(-1, term);
  }

  private Escaped boundary(boolean present) {
    if (text.peek() == '{' && text.raw(text.at() + 1) == 'g') {
      throw unsupported("a boundary of grapheme clusters \\b{g}", "use \\b");
    }
    int flags = text.flags() & Pattern.UNICODE_CHARACTER_CLASS;
    Assertions words =
        boundaries.computeIfAbsent(
            flags != 0,
            _ -> new Assertions(CharacterSets.matching("\\w", flags), Marks.BASES, Marks.ALL));
    return term(present ? words.boundary() : words.noBoundary());
  }

  /** Characters that matter to boundaries of words, made when first needed. */
  private static final class Marks {
    static final CodeSet BASES = CodeSet.where(0, 0xFFFF, Character::isLetterOrDigit);
    static final CodeSet ALL =
        CodeSet.where(
            0, Character.MAX_CODE_POINT, c -> Character.getType(c) == Character.NON_SPACING_MARK);
  }

  private int octal() {
    int value = text.read() - '0';
    for (int digits = 1; digits < 3; digits++) {
      int place = text.at();
      int digit = text.read() - '0';
      boolean fits = digit >= 0 && digit < 8 && 8 * value + digit < 256;
      if (!fits) {
        text.moveTo(place);
        break;
      }
      value = 8 * value + digit;
    }
    return value;
  }

  private int hexadecimal() {
    int first = text.read();
    if (first != '{') {
      return 16 * Character.digit(first, 16) + Character.digit(text.read(), 16);
    }
    int value = 0;
    for (int c = text.read(); c != '}'; c = text.read()) {
      value = 16 * value + Character.digit(c, 16);
    }
    return value;
  }

  private int utf16() {
    int unit = fourDigits();
    int place = text.at();
    if (Character.isHighSurrogate((char) unit) && text.read() == '\\' && text.read() == 'u') {
      int second = fourDigits();
      if (Character.isLowSurrogate((char) second)) {
        return Character.toCodePoint((char) unit, (char) second);
      }
    }
    if (Character.isHighSurrogate((char) unit)) {
      text.moveTo(place);
    }
    return unit;
  }

  private int fourDigits() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = 16 * value + Character.digit(text.read(), 16);
    }
    return value;
  }

  private int named() {
    int _ = text.read();
    int from = text.at();
    while (text.read() != '}') {
      // a character of the name
    }
    return Character.codePointOf(text.text(from, text.at() - 1));
  }

  /** Reads the class at the cursor: the shortest text from there that is a class for Java. */
  CodeSet characterClass() {
    int from = text.at();
    for (int to = from + 1; ; to++) {
      if (text.raw(to) == PatternText.END) {
        throw unsupported("a class whose end is unclear", "escape the brackets inside it");
      }
      if (text.raw(to) == ']' && isComplete(text.text(from, to + 1))) {
        text.moveTo(to + 1);
        return characters(text.text(from, to + 1));
      }
    }
  }

  private boolean isComplete(String candidate) {
    try {
      Pattern _ = Pattern.compile(candidate, text.flags());
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private CodeSet characters(String ofClass) {
    String read = posix(ofClass);
    refuseOperations(read);
    return CharacterSets.matching(read, text.flags());
  }

  /** The class with {@code [:alpha:]} and the like inside it written as Java's properties. */
  private String posix(String ofClass) {
    var out = new StringBuilder("[");
    Matcher matcher = POSIX_CLASS.matcher(ofClass);
    for (int i = 1; i < ofClass.length(); ) {
      if (matcher.region(i, ofClass.length()).lookingAt()) {
        String name = matcher.group(2);
        if (!POSIX.contains(name)) {
          throw unsupported("the class [:" + name + ":]", "write its characters");
        }
        boolean negated = !matcher.group(1).isEmpty();
        out.append(
            name.equals("word")
                ? negated ? "\\W" : "\\w"
                : (negated ? "\\P{" : "\\p{") + javaName(name) + "}");
        i = matcher.end();
      } else {
        int length = ofClass.charAt(i) == '\\' ? 2 : 1;
        out.append(ofClass, i, Math.min(i + length, ofClass.length()));
        i += length;
      }
    }
    return out.toString();
  }

  private static String javaName(String posix) {
    return switch (posix) {
      case "ascii" -> "ASCII";
      case "xdigit" -> "XDigit";
      default -> posix.substring(0, 1).toUpperCase(Locale.ROOT) + posix.substring(1);
    };
  }

  /** Operations of other dialects that Java reads as characters. */
  private void refuseOperations(String ofClass) {
    for (int i = 1; i + 2 < ofClass.length(); i++) {
      char c = ofClass.charAt(i);
      if (c == '\\') {
        i++;
      } else if ((c == '-' || c == '~')
          && ofClass.charAt(i + 1) == c
          && ofClass.charAt(i - 1) != '['
          && ofClass.charAt(i - 1) != '^'
          && ofClass.charAt(i + 2) != ']') {
        throw unsupported(
            "" + c + c + " in a class, an operation on sets in some dialects",
            "escape the characters, or use &&");
      }
    }
  }

  private IllegalArgumentException unsupported(String what, String fix) {
    return RegexParser.unsupported(pattern, what, fix);
  }
}
