package io.tailwalk.verifiers.regex;

import io.tailwalk.verifiers.regex.Term.Ahead;
import io.tailwalk.verifiers.regex.Term.Behind;
import io.tailwalk.verifiers.regex.Term.One;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Reads patterns in {@code java.util.regex} syntax. Constructs that are not regular are refused by
 * name, and so are those that other dialects read otherwise than Java.
 *
 * <p>Grammar: {@code union = sequence ('|' sequence)*}, {@code sequence = repeated*}, {@code
 * repeated = atom quantifier?}. Lazy quantifiers define the same language as greedy ones because
 * the complete text must match; possessive ones do not.
 */
final class RegexParser {
  private static final int MAX_NESTING = 250;
  private static final int MAX_REPEAT = 1_000_000;

  private final String pattern;
  private final PatternText text;
  private final RegexEscapes escapes;
  private int nesting;

  private RegexParser(String pattern) {
    this.pattern = pattern;
    this.text = PatternText.of(pattern);
    this.escapes = new RegexEscapes(pattern, text);
  }

  /**
   * The language of a pattern.
   *
   * @throws IllegalArgumentException in one sentence, if the pattern is malformed, not supported or
   *     too large
   */
  static Term parse(String pattern) {
    var parser = new RegexParser(pattern);
    Term term = parser.union();
    if (parser.text.peek() != PatternText.END) {
      throw parser.unsupported("an unmatched )", "escape it as \\)");
    }
    return term;
  }

  /** A refusal of a construct, in one sentence. */
  static IllegalArgumentException unsupported(String pattern, String what, String fix) {
    return new IllegalArgumentException(
        "the regex "
            + PatternText.shown(pattern)
            + " uses "
            + what
            + ", which is not supported; "
            + fix);
  }

  private IllegalArgumentException unsupported(String what, String fix) {
    return unsupported(pattern, what, fix);
  }

  private Term union() {
    if (++nesting > MAX_NESTING) {
      throw new IllegalArgumentException(
          "the regex "
              + PatternText.shown(pattern)
              + " has groups nested over "
              + MAX_NESTING
              + " deep; nest less");
    }
    var choices = new ArrayList<Term>(List.of(sequence()));
    while (text.peek() == '|') {
      text.next();
      choices.add(sequence());
    }
    nesting--;
    return choices.size() == 1 ? choices.getFirst() : new Term.Union(choices);
  }

  private Term sequence() {
    List<Term> parts = new ArrayList<>();
    for (int c = text.peek(); c != PatternText.END && c != '|' && c != ')'; c = text.peek()) {
      switch (c) {
        case '(' -> group(parts);
        case '[' -> parts.add(quantified(new One(escapes.characterClass())));
        case '^' -> parts.add(anchor(Assertions.start(lines(), unix())));
        case '$' -> parts.add(anchor(Assertions.end(lines(), unix())));
        case '.' -> parts.add(quantified(dot()));
        case '*', '+', '?', '{' ->
            throw unsupported("a quantifier with nothing before it", "escape it as \\" + (char) c);
        default -> literals(parts);
      }
    }
    return parts.size() == 1 ? parts.getFirst() : new Term.Sequence(parts);
  }

  private boolean lines() {
    return text.has(Pattern.MULTILINE);
  }

  private boolean unix() {
    return text.has(Pattern.UNIX_LINES);
  }

  private Term anchor(Term anchor) {
    text.next();
    return quantified(anchor);
  }

  private Term dot() {
    text.next();
    return new One(
        text.has(Pattern.DOTALL)
            ? CodeSet.ALL
            : CharacterSets.matching(".", text.flags() & Pattern.UNIX_LINES));
  }

  /**
   * A run of literal characters, or one escape. As in Java, a quantifier repeats the last character
   * of a run, and a character alone may ignore case differently.
   */
  private void literals(List<Term> parts) {
    List<Integer> run = new ArrayList<>();
    int last = text.at();
    int c = text.peek();
    while (isLiteralStart(c)) {
      int before = text.at();
      if (c == '\\') {
        var escaped = escapes.escape();
        if (escaped.term() != null) {
          if (run.isEmpty()) {
            parts.add(quantified(escaped.term()));
            return;
          }
          text.moveTo(before);
          break;
        }
        run.add(escaped.literal());
        c = text.peek();
      } else {
        run.add(c);
        c = text.next();
      }
      last = before;
    }
    if (isQuantifier(c) && run.size() > 1) {
      run.removeLast();
      text.moveTo(last);
    }
    boolean alone = run.size() == 1;
    List<Term> characters = new ArrayList<>();
    for (int literal : run) {
      if (literal >= Character.MIN_SURROGATE && literal <= Character.MAX_SURROGATE) {
        throw unsupported("half a surrogate pair", "write the character as \\x{...}");
      }
      characters.add(new One(CharacterSets.literal(literal, text.flags(), alone)));
    }
    if (alone) {
      parts.add(quantified(characters.getFirst()));
    } else {
      parts.addAll(characters);
    }
  }

  private static boolean isLiteralStart(int c) {
    return c != PatternText.END && "*+?{$.^([|)".indexOf(c) < 0;
  }

  private static boolean isQuantifier(int c) {
    return c == '*' || c == '+' || c == '?' || c == '{';
  }

  private Term quantified(Term term) {
    int quantifier = text.peek();
    if (!isQuantifier(quantifier)) {
      return term;
    }
    int[] counts =
        switch (quantifier) {
          case '*' -> new int[] {0, Term.ENDLESS};
          case '+' -> new int[] {1, Term.ENDLESS};
          case '?' -> new int[] {0, 1};
          default -> counts();
        };
    int kind = text.next();
    if (kind == '+') {
      throw unsupported("a possessive quantifier", "use the greedy one");
    }
    int after = kind == '?' ? text.next() : kind;
    if (isQuantifier(after)) {
      throw unsupported("a quantifier on a quantifier", "put the inner one into (?:...)");
    }
    return Terms.repeated(term, counts[0], counts[1]);
  }

  /** The numbers in braces; the cursor stops at the closing one. */
  private int[] counts() {
    long[] counts = {0, 0};
    int place = 0;
    boolean lastGiven = false;
    int c = text.skip();
    for (; c != '}'; c = text.read()) {
      if (c == ',') {
        place = 1;
      } else {
        counts[place] = Math.min(10 * counts[place] + c - '0', MAX_REPEAT + 1L);
        lastGiven = place == 1;
      }
    }
    text.moveTo(text.at() - 1);
    long max = place == 0 ? counts[0] : lastGiven ? counts[1] : Term.ENDLESS;
    if (counts[0] > MAX_REPEAT || max > MAX_REPEAT) {
      throw new IllegalArgumentException(
          "the regex "
              + PatternText.shown(pattern)
              + " repeats over "
              + MAX_REPEAT
              + " times; repeat less");
    }
    return new int[] {(int) counts[0], (int) max};
  }

  /** A group, or flags until the end of the enclosing group. */
  private void group(List<Term> parts) {
    int flagsBefore = text.flags();
    int kind = text.next() == '?' ? text.skip() : PatternText.END;
    UnaryOperator<Term> look = inside -> inside;
    switch (kind) {
      case PatternText.END, ':' -> {}
      case '=', '!' -> look = inside -> new Ahead(inside, kind == '!');
      case '>' -> throw unsupported("an atomic group", "use plain groups and alternatives");
      case '<' -> {
        int sign = text.read();
        if (sign == '=' || sign == '!') {
          look = inside -> behind(inside, sign == '!');
        } else {
          skipName();
        }
      }
      default -> {
        text.moveTo(text.at() - 1);
        readFlags();
        if (text.read() == ')') {
          return;
        }
      }
    }
    Term inside = look.apply(union());
    int _ = text.read();
    text.setFlags(flagsBefore);
    parts.add(quantified(inside));
  }

  /** The JDK refuses most of these, and miscounts the length of some others. */
  private Term behind(Term inside, boolean negated) {
    if (Terms.isEndless(inside)) {
      throw unsupported("a look-behind without a greatest length", "use {0,99} in place of *");
    }
    return new Behind(inside, negated);
  }

  private void skipName() {
    while (text.read() != '>') {
      // a character of the name
    }
  }

  private void readFlags() {
    boolean off = false;
    for (int c = text.peek(); c != ')' && c != ':'; c = text.next()) {
      if (c == '-') {
        off = true;
        continue;
      }
      int flag =
          switch (c) {
            case 'i' -> Pattern.CASE_INSENSITIVE;
            case 'm' -> Pattern.MULTILINE;
            case 's' -> Pattern.DOTALL;
            case 'd' -> Pattern.UNIX_LINES;
            case 'u' -> Pattern.UNICODE_CASE;
            case 'x' -> Pattern.COMMENTS;
            case 'U' -> Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE;
            default ->
                throw unsupported(
                    "canonical equivalence (?c)", "write each form of a character as a choice");
          };
      text.setFlags(off ? text.flags() & ~flag : text.flags() | flag);
    }
  }
}
