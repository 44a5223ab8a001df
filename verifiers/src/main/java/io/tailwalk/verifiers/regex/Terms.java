package io.tailwalk.verifiers.regex;

import io.tailwalk.verifiers.regex.Term.Repeated;
import java.util.List;

/** Terms of the same language with smaller automata. */
final class Terms {
  private Terms() {}

  /** A repetition; {@code (a?){5}} becomes {@code a{0,5}}, and {@code (a*)*} becomes {@code a*}. */
  static Term repeated(Term term, int min, int max) {
    if (min == 1 && max == 1) {
      return term;
    }
    if (max == 0 || term.equals(Term.EMPTY)) {
      return Term.EMPTY;
    }
    if (term instanceof Repeated(Term inner, int innerMin, int innerMax) && innerMin == 0) {
      if (innerMax == 1) {
        return repeated(inner, 0, max);
      }
      if (innerMax == Term.ENDLESS) {
        return term;
      }
    }
    return new Repeated(term, min, max);
  }

  /** Whether a term has matches of any length. */
  static boolean isEndless(Term term) {
    return switch (term) {
      case Term.Sequence(List<Term> parts) -> parts.stream().anyMatch(Terms::isEndless);
      case Term.Union(List<Term> choices) -> choices.stream().anyMatch(Terms::isEndless);
      case Repeated(Term inner, int _, int max) -> max == Term.ENDLESS || isEndless(inner);
      case Term.One _, Term.Start _, Term.End _, Term.Ahead _, Term.Behind _ -> false;
    };
  }
}
