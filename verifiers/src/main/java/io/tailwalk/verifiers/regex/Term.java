package io.tailwalk.verifiers.regex;

import java.util.List;

/** A regular expression as it was read: its language is a set of spans of a text. */
sealed interface Term {
  /** A repetition without an upper end. */
  int ENDLESS = -1;

  Term EMPTY = new Sequence(List.of());

  /** One character of a set. */
  record One(CodeSet set) implements Term {}

  /** One after the other. */
  record Sequence(List<Term> parts) implements Term {}

  /** Any of several. */
  record Union(List<Term> choices) implements Term {}

  /** From {@code min} to {@code max} times; {@code max} may be {@link #ENDLESS}. */
  record Repeated(Term term, int min, int max) implements Term {}

  /** At the beginning of the text. */
  record Start() implements Term {}

  /** At the end of the text. */
  record End() implements Term {}

  /** Whether a match begins here, or does not. */
  record Ahead(Term term, boolean negated) implements Term {}

  /** Whether a match ends here, or does not. */
  record Behind(Term term, boolean negated) implements Term {}

  static Term sequence(Term... parts) {
    return new Sequence(List.of(parts));
  }

  static Term union(Term... choices) {
    return new Union(List.of(choices));
  }
}
