package io.tailwalk.verifiers.schema;

import io.tailwalk.verifiers.schema.Nfa.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of a schema: a regular expression of ECMA-262 that is found anywhere in a text. Regular
 * ones become automata; others (back-references, look-around) are left to {@code java.util.regex},
 * with a bound on its work.
 */
final class EcmaPattern {
  private static final int MAX_REPEAT = 20_000;
  private static final int MAX_NESTING = 250;

  private final String source;
  private final Nfa nfa = new Nfa();
  private boolean ignoresCase;
  private int at;
  private int nesting;
  private int start;
  private @Nullable Pattern irregular;
  private @Nullable Dfa dfa;

  private EcmaPattern(String source) {
    this.source = source;
  }

  /** Why a pattern is not an automaton. */
  static final class NotRegular extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotRegular(String why) {
      super(why, null, false, false);
    }
  }

  /** A fragment of the automaton: made by saying what follows. */
  private interface Piece {
    int before(int next);
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException in one sentence if it is malformed
   */
  static EcmaPattern of(String source) {
    var pattern = new EcmaPattern(source);
    try {
      pattern.build();
    } catch (NotRegular e) {
      pattern.irregular = java(source);
    }
    return pattern;
  }

  private void build() {
    if (source.startsWith("(?i)")) {
      ignoresCase = true;
      at = 4;
    }
    Piece body = union();
    if (at < source.length()) {
      throw malformed("a ) closes nothing");
    }
    // Anything may precede a match; the accepting state reads anything that follows.
    int match = body.before(Nfa.ACCEPT);
    int before = nfa.add(Step.SPLIT, null);
    int skip = nfa.add(Step.CHARACTER, CharSet.ALL, before);
    nfa.redirect(before, match, skip);
    start = before;
    dfa = Dfa.of(nfa, start);
  }

  private static Pattern java(String source) {
    try {
      return Pattern.compile(
          source
              .replace("\\Z", "$")
              .replace("\\d", "[0-9]")
              .replaceAll("\\$(?=\\)|\\||$)", "\\\\z"));
    } catch (PatternSyntaxException | StackOverflowError e) {
      throw new IllegalArgumentException(
          "the pattern " + Library.shown(source) + " is malformed; fix it", e);
    }
  }

  /** The texts that the pattern is found in; empty if it is not regular or its automaton large. */
  Optional<Dfa> automaton() {
    return Optional.ofNullable(dfa);
  }

  /** Whether a text has a match. */
  boolean isFoundIn(String text) {
    if (dfa != null) {
      return dfa.accepts(text);
    }
    return irregular == null
        ? nfa.matches(start, text)
        : irregular.matcher(new BoundedText(text)).find();
  }

  private IllegalArgumentException malformed(String what) {
    return new IllegalArgumentException(
        "the pattern " + Library.shown(source) + " is malformed: " + what + "; fix it");
  }

  private boolean take(String word) {
    boolean fits = source.startsWith(word, at);
    at += fits ? word.length() : 0;
    return fits;
  }

  private Piece union() {
    if (++nesting > MAX_NESTING) {
      throw new IllegalArgumentException("a pattern is nested too deeply; nest it less");
    }
    List<Piece> choices = new ArrayList<>(List.of(sequence()));
    while (take("|")) {
      choices.add(sequence());
    }
    nesting--;
    if (choices.size() == 1) {
      return choices.getFirst();
    }
    return next ->
        nfa.add(Step.SPLIT, null, choices.stream().mapToInt(c -> c.before(next)).toArray());
  }

  private Piece sequence() {
    List<Piece> parts = new ArrayList<>();
    while (at < source.length() && source.charAt(at) != '|' && source.charAt(at) != ')') {
      parts.add(repeated(atom()));
    }
    return next -> {
      int to = next;
      for (Piece part : parts.reversed()) {
        to = part.before(to);
      }
      return to;
    };
  }

  private Piece repeated(Piece piece) {
    int min;
    int max;
    if (take("*")) {
      min = 0;
      max = -1;
    } else if (take("+")) {
      min = 1;
      max = -1;
    } else if (take("?")) {
      min = 0;
      max = 1;
    } else {
      int[] counts = counts();
      if (counts.length == 0) {
        return piece;
      }
      min = counts[0];
      max = counts[1];
    }
    if (!take("?") && take("+")) {
      throw new NotRegular("it has a possessive repetition");
    }
    return repeated(times(piece, min, max));
  }

  /** The numbers of a repetition in braces; nothing if there is none, and the brace is a text. */
  private int[] counts() {
    var braces = Pattern.compile("\\{(\\d{1,9})(,(\\d{0,9}))?\\}").matcher(source);
    if (!braces.region(at, source.length()).lookingAt()) {
      return new int[0];
    }
    at = braces.end();
    int min = Integer.parseInt(braces.group(1));
    String last = braces.group(2) == null ? braces.group(1) : braces.group(3);
    int max = last.isEmpty() ? -1 : Integer.parseInt(last);
    if (max >= 0 && max < min) {
      throw malformed("a repetition has its larger number first");
    }
    if (min > MAX_REPEAT || max > MAX_REPEAT) {
      throw new NotRegular("it repeats too often");
    }
    return new int[] {min, max};
  }

  private Piece times(Piece piece, int min, int max) {
    return next -> {
      int to = next;
      if (max < 0) {
        int loop = nfa.add(Step.SPLIT, null);
        nfa.redirect(loop, piece.before(loop), next);
        to = loop;
      }
      for (int i = min; i < max; i++) {
        to = nfa.add(Step.SPLIT, null, piece.before(to), next);
      }
      for (int i = 0; i < min; i++) {
        to = piece.before(to);
      }
      return to;
    };
  }

  private Piece character(CharSet set) {
    CharSet folded = ignoresCase ? set.ignoringCase() : set;
    return next -> nfa.add(Step.CHARACTER, folded, next);
  }

  private Piece assertion(Step step) {
    return next -> nfa.add(step, null, next);
  }

  private Piece atom() {
    int c = source.codePointAt(at);
    at += Character.charCount(c);
    return switch (c) {
      case '.' -> character(CharSet.LINE_ENDS.not());
      case '^' -> assertion(Step.AT_START);
      case '$' -> assertion(Step.AT_END);
      case '(' -> group();
      case '[' -> character(new EcmaEscapes(source, at).characterClass(end -> at = end));
      case '*', '+', '?' -> throw malformed("a repetition repeats nothing");
      case '\\' -> escape();
      default -> character(CharSet.of(c, c));
    };
  }

  private Piece group() {
    if (take("?")) {
      if (take("<") && !source.startsWith("=", at) && !source.startsWith("!", at)) {
        at = source.indexOf('>', at) + 1;
        if (at == 0) {
          throw malformed("a group's name is not closed");
        }
      } else if (!take(":")) {
        throw new NotRegular("it looks around");
      }
    }
    Piece inside = union();
    if (!take(")")) {
      throw malformed("a group is not closed");
    }
    return inside;
  }

  private Piece escape() {
    if (at >= source.length()) {
      throw malformed("it ends with a backslash");
    }
    char c = source.charAt(at);
    if ((c >= '1' && c <= '9') || c == 'k') {
      throw new NotRegular("it refers back");
    }
    Step edge =
        switch (c) {
          case 'b' -> Step.AT_WORD_EDGE;
          case 'B' -> Step.NOT_AT_WORD_EDGE;
          case 'A' -> Step.AT_START;
          case 'Z', 'z' -> Step.AT_END;
          default -> Step.SPLIT;
        };
    if (edge != Step.SPLIT) {
      at++;
      return assertion(edge);
    }
    return character(new EcmaEscapes(source, at).escape(end -> at = end));
  }

  /** A text that ends a search which reads too many characters. */
  private static final class BoundedText implements CharSequence {
    private static final int MAX_READS = 20_000_000;
    private final String text;
    private int reads;

    BoundedText(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++reads > MAX_READS) {
        throw new Unjudgeable(
            "a pattern of the schema takes too long to match; write it without look-around and"
                + " back-references");
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return text.substring(from, to);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
