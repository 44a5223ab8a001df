package io.tailwalk.verifiers.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/**
 * Translates patterns in {@code java.util.regex} syntax to automata over code points, for matching
 * complete texts. Constructs that are not regular, or that differ from Java patterns, are refused
 * by name.
 *
 * <p>Grammar: {@code union = concat ('|' concat)*}, {@code concat = repeat*}, {@code repeat = atom
 * quantifier?}. Lazy quantifiers define the same language as greedy ones because the complete text
 * must match; possessive ones do not.
 */
final class RegexParser {
  private static final int MAX_STATES = 20_000;
  private static final int MAX_NESTING = 200;
  private static final int MAX_SHOWN = 200;
  private static final Pattern LEADING_FLAGS = Pattern.compile("\\(\\?([isu]+)\\)");
  private static final Pattern QUANTIFIER = Pattern.compile("\\{(\\d{1,9})(,(\\d{0,9}))?\\}");
  private static final String CLASS_ESCAPES = "dDwWsShHvV";
  private static final String CONTROL_ESCAPES = "tnrfae";

  private final String pattern;
  private final CharacterSets sets;
  private int at;
  private int nesting;

  private RegexParser(String pattern, int from, int flags) {
    this.pattern = pattern;
    this.at = from;
    this.sets = new CharacterSets(flags);
  }

  /**
   * The language of a pattern, as a non-deterministic automaton over code points.
   *
   * @throws IllegalArgumentException in one sentence, if the pattern is malformed, not supported or
   *     too large
   */
  static Automaton parse(String pattern) {
    try {
      Pattern _ = Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "bad regex "
              + shown(pattern)
              + " ("
              + lowerFirst(e.getDescription())
              + where(e.getIndex()),
          e);
    }
    var flagsAtStart = LEADING_FLAGS.matcher(pattern);
    int flags = 0;
    int from = 0;
    if (flagsAtStart.lookingAt()) {
      flags = flags(flagsAtStart.group(1));
      from = flagsAtStart.end();
    }
    var parser = new RegexParser(pattern, from, flags);
    Automaton automaton = parser.union();
    if (parser.at < pattern.length()) {
      throw parser.unsupported("an unmatched )", "escape it as \\)");
    }
    return automaton;
  }

  /** The pattern for messages: long patterns are truncated. */
  static String shown(String pattern) {
    return pattern.length() <= MAX_SHOWN ? pattern : pattern.substring(0, MAX_SHOWN) + "...";
  }

  private static String lowerFirst(String text) {
    return text.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + text.substring(1);
  }

  private static String where(int index) {
    return index < 0 ? "); fix the pattern" : " at character " + (index + 1) + "); fix the pattern";
  }

  private static int flags(String letters) {
    int flags = 0;
    for (int i = 0; i < letters.length(); i++) {
      flags |=
          switch (letters.charAt(i)) {
            case 'i' -> Pattern.CASE_INSENSITIVE;
            case 's' -> Pattern.DOTALL;
            default -> Pattern.UNICODE_CASE;
          };
    }
    return flags;
  }

  private Automaton union() {
    if (++nesting > MAX_NESTING) {
      throw tooLarge();
    }
    var alternatives = new ArrayList<Automaton>();
    alternatives.add(concatenation());
    while (peek() == '|') {
      at++;
      alternatives.add(concatenation());
    }
    nesting--;
    return checked(
        alternatives.size() == 1 ? alternatives.getFirst() : Operations.union(alternatives));
  }

  private Automaton concatenation() {
    List<Automaton> parts = new ArrayList<>();
    skipStartAnchors();
    while (at < pattern.length() && peek() != '|' && peek() != ')') {
      if (skipEndAnchor()) {
        continue;
      }
      parts.add(repetition());
    }
    return checked(parts.isEmpty() ? Automata.makeEmptyString() : Operations.concatenate(parts));
  }

  /** At the start of a complete alternative an anchor has no effect: complete texts are matched. */
  private void skipStartAnchors() {
    while (nesting == 1 && (peek() == '^' || pattern.startsWith("\\A", at))) {
      at += peek() == '^' ? 1 : 2;
      refuseQuantifiedAnchor();
    }
  }

  private boolean skipEndAnchor() {
    int length =
        peek() == '$' ? 1 : pattern.startsWith("\\z", at) || pattern.startsWith("\\Z", at) ? 2 : 0;
    int after = at + length;
    boolean atEnd = after == pattern.length() || pattern.charAt(after) == '|';
    if (length == 0 || nesting > 1 || !atEnd) {
      return false;
    }
    at = after;
    return true;
  }

  private void refuseQuantifiedAnchor() {
    if (isQuantifier()) {
      throw unsupported("a repeated anchor", "leave it out; the whole text is matched anyway");
    }
  }

  private Automaton repetition() {
    Automaton atom = atom();
    if (!isQuantifier()) {
      return atom;
    }
    Automaton repeated = checked(repeat(atom));
    if (peek() == '+') {
      throw unsupported("a possessive quantifier", "use the greedy one");
    }
    if (peek() == '?') {
      at++;
    }
    if (isQuantifier()) {
      throw unsupported("a quantifier on a quantifier", "put the inner one into (?:...)");
    }
    return repeated;
  }

  private boolean isQuantifier() {
    return at < pattern.length() && "*+?{".indexOf(peek()) >= 0;
  }

  private Automaton repeat(Automaton atom) {
    char quantifier = peek();
    if (quantifier != '{') {
      at++;
      return switch (quantifier) {
        case '*' -> Operations.repeat(atom);
        case '+' -> Operations.repeat(atom, 1);
        default -> Operations.optional(atom);
      };
    }
    var counts = QUANTIFIER.matcher(pattern).region(at, pattern.length());
    if (!counts.lookingAt()) {
      throw unsupported("this use of {", "write {n}, {n,} or {n,m}, or escape it as \\{");
    }
    at = counts.end();
    int min = Integer.parseInt(counts.group(1));
    boolean unbounded = counts.group(2) != null && counts.group(3).isEmpty();
    int max = counts.group(2) == null || unbounded ? min : Integer.parseInt(counts.group(3));
    if ((long) Math.max(max, 1) * atom.getNumStates() > MAX_STATES) {
      throw tooLarge();
    }
    return unbounded ? Operations.repeat(atom, min) : Operations.repeat(atom, min, max);
  }

  private Automaton atom() {
    int codePoint = pattern.codePointAt(at);
    return switch (codePoint) {
      case '(' -> group();
      case '[' -> characterClass();
      case '\\' -> escape();
      case '.' -> {
        at++;
        yield sets.matching(".");
      }
      case '^', '$' ->
          throw unsupported(
              "an anchor that is not at the start or the end",
              "leave it out, or escape it as \\" + (char) codePoint);
      case '*', '+', '?', '{' ->
          throw unsupported(
              "a quantifier with nothing before it", "escape it as \\" + (char) codePoint);
      default -> {
        at += Character.charCount(codePoint);
        yield literal(codePoint);
      }
    };
  }

  private Automaton literal(int codePoint) {
    if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      throw unsupported("half a surrogate pair", "write the character as \\x{...}");
    }
    return sets.literal(codePoint);
  }

  private Automaton group() {
    at++;
    if (pattern.startsWith("?:", at)) {
      at += 2;
    } else if (pattern.startsWith("?<", at) && isLetter(at + 2)) {
      at = pattern.indexOf('>', at) + 1;
    } else if (peek() == '?') {
      throw unsupported(groupName(), "use plain groups and alternatives");
    }
    Automaton inside = union();
    at++;
    return inside;
  }

  private String groupName() {
    String rest = pattern.substring(at);
    if (rest.startsWith("?=") || rest.startsWith("?!") || rest.startsWith("?<")) {
      return "lookaround";
    }
    return rest.startsWith("?>") ? "an atomic group" : "a flag after the start";
  }

  private Automaton escape() {
    char kind = pattern.charAt(at + 1);
    if (kind == 'Q') {
      return quotation();
    }
    if (CLASS_ESCAPES.indexOf(kind) >= 0) {
      at += 2;
      return sets.matching("\\" + kind);
    }
    if (kind == 'p' || kind == 'P') {
      int from = at;
      at = peekAt(at + 2) == '{' ? pattern.indexOf('}', at) + 1 : at + 3;
      return sets.matching(pattern.substring(from, at));
    }
    if (kind == 'x' || kind == 'u') {
      return literal(hexadecimal());
    }
    if (CONTROL_ESCAPES.indexOf(kind) >= 0) {
      at += 2;
      return literal("\t\n\r\f\u0007\u001b".charAt(CONTROL_ESCAPES.indexOf(kind)));
    }
    if (isLetter(at + 1) || Character.isDigit(kind)) {
      throw refused("\\" + kind);
    }
    at++;
    int codePoint = pattern.codePointAt(at);
    at += Character.charCount(codePoint);
    return literal(codePoint);
  }

  private IllegalArgumentException refused(String escape) {
    String name =
        switch (escape.charAt(1)) {
          case 'b', 'B' -> "a word boundary " + escape;
          case 'k', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> "a back-reference " + escape;
          case 'A', 'z', 'Z', 'G' -> "an anchor " + escape + " in the middle";
          default -> "the escape " + escape;
        };
    return unsupported(name, "use characters, classes, groups and repetitions");
  }

  private int hexadecimal() {
    if (pattern.startsWith("\\x{", at)) {
      int close = pattern.indexOf('}', at);
      int codePoint = Integer.parseInt(pattern, at + 3, close, 16);
      at = close + 1;
      return codePoint;
    }
    int digits = pattern.charAt(at + 1) == 'x' ? 2 : 4;
    int codePoint = Integer.parseInt(pattern, at + 2, at + 2 + digits, 16);
    at += 2 + digits;
    return codePoint;
  }

  /** {@code \Q...\E}: a quantifier behind it repeats its last character, as in Java. */
  private Automaton quotation() {
    int end = pattern.indexOf("\\E", at);
    int close = end < 0 ? pattern.length() : end;
    String quoted = pattern.substring(at + 2, close);
    at = end < 0 ? close : close + 2;
    if (quoted.isEmpty() || isQuantifier()) {
      throw unsupported("a repeated or empty \\Q...\\E", "escape each character with \\");
    }
    return Operations.concatenate(quoted.codePoints().mapToObj(this::literal).toList());
  }

  /**
   * The characters of the class that starts here. Its end is found by counting brackets; if it ever
   * differed from Java's, the extracted text would not be one class and would match no single
   * character.
   */
  private Automaton characterClass() {
    int from = at;
    int depth = 0;
    do {
      char c = pattern.charAt(at);
      if (c == '\\' && peekAt(at + 1) == 'Q') {
        throw unsupported("\\Q inside a class", "escape each character with \\");
      }
      if (c == '\\') {
        at++;
      } else if (c == '[') {
        depth++;
      } else if (c == ']' && !closesNothing(from)) {
        depth--;
      }
      at++;
    } while (depth > 0 && at < pattern.length());
    Automaton set = depth == 0 ? setOrNothing(pattern.substring(from, at)) : Automata.makeEmpty();
    if (set.getNumStates() == 0 || set.getNumTransitions(0) == 0) {
      throw unsupported("a class that contains no character", "escape the brackets inside it");
    }
    return set;
  }

  private Automaton setOrNothing(String text) {
    try {
      return sets.matching(text);
    } catch (PatternSyntaxException e) {
      return Automata.makeEmpty();
    }
  }

  /** Java reads a ] directly after [ or [^ as a character. */
  private boolean closesNothing(int from) {
    String before = pattern.substring(from, at);
    return before.endsWith("[") || before.endsWith("[^");
  }

  private Automaton checked(Automaton automaton) {
    if (automaton.getNumStates() > MAX_STATES) {
      throw tooLarge();
    }
    return automaton;
  }

  private IllegalArgumentException tooLarge() {
    return new IllegalArgumentException(
        "the regex " + shown(pattern) + " is too large for an automaton; repeat less or nest less");
  }

  private IllegalArgumentException unsupported(String what, String fix) {
    return new IllegalArgumentException(
        "the regex " + shown(pattern) + " uses " + what + ", which is not supported; " + fix);
  }

  private char peek() {
    return peekAt(at);
  }

  private char peekAt(int index) {
    return index < pattern.length() ? pattern.charAt(index) : '\0';
  }

  private boolean isLetter(int index) {
    char c = peekAt(index);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
