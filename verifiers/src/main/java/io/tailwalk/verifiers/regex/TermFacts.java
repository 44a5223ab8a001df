package io.tailwalk.verifiers.regex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What is known about each term of a pattern before any of its repetitions is written out. */
final class TermFacts {
  /** More characters than any text has. */
  static final int NONE = Integer.MAX_VALUE / 2;

  private static final int MAX_BEHINDS = 64;

  private final String pattern;
  private final IdentityHashMap<Term, Facts> known = new IdentityHashMap<>();
  private final Map<CodeSet, Integer> sets = new HashMap<>();
  private final List<CodeSet> list = new ArrayList<>();
  private final IdentityHashMap<Term, Integer> behindNumbers = new IdentityHashMap<>();
  private final List<Term> behinds = new ArrayList<>();
  private int ids;
  private boolean counts;
  private boolean looksAhead;

  /**
   * About one term.
   *
   * @param id different for different terms; a union has one more for each choice
   * @param least the fewest characters of a match if all look-around passed; {@link #NONE} without
   *     a match
   * @param passable whether some match has no look-around
   * @param nullable whether the empty text matches everywhere
   * @param behinds the look-behinds inside, one bit each
   */
  record Facts(int id, int least, boolean passable, boolean nullable, long behinds) {}

  TermFacts(String pattern, Term whole) {
    this.pattern = pattern;
    of(whole);
  }

  /** The sets of characters, by number. Callers do not change them. */
  List<CodeSet> sets() {
    return list;
  }

  int number(CodeSet set) {
    Integer number = sets.get(set);
    if (number == null) {
      number = sets.size();
      sets.put(set, number);
      list.add(set);
    }
    return number;
  }

  /** The terms of look-behinds, by number; one inside another has a smaller number. */
  List<Term> behinds() {
    return behinds;
  }

  int behindNumber(Term inside) {
    Integer number = behindNumbers.get(inside);
    if (number == null) {
      number = behinds.size();
      if (number == MAX_BEHINDS) {
        throw RegexParser.unsupported(
            pattern, "over " + MAX_BEHINDS + " different look-behinds", "merge some of them");
      }
      behinds.add(inside);
      behindNumbers.put(inside, number);
    }
    return number;
  }

  /** Whether a term is look-ahead. */
  boolean looksAhead() {
    return looksAhead;
  }

  /** Whether positions that differ in their counts alone can include one another. */
  boolean counts() {
    return counts;
  }

  /** The facts of a term of the pattern. */
  Facts of(Term term) {
    Facts facts = known.get(term);
    if (facts == null) {
      facts = find(term);
      known.put(term, facts);
    }
    return facts;
  }

  private Facts find(Term term) {
    int id = ids++;
    return switch (term) {
      case Term.One(CodeSet set) -> {
        number(set);
        yield new Facts(id, set.isEmpty() ? NONE : 1, !set.isEmpty(), false, 0);
      }
      case Term.Sequence(List<Term> parts) -> {
        var all = new Facts(id, 0, true, true, 0);
        for (Term part : parts) {
          Facts one = of(part);
          all =
              new Facts(
                  id,
                  Math.min(NONE, all.least + one.least),
                  all.passable && one.passable,
                  all.nullable && one.nullable,
                  all.behinds | one.behinds);
        }
        yield all;
      }
      case Term.Union(List<Term> choices) -> {
        ids += choices.size();
        var any = new Facts(id, NONE, false, false, 0);
        for (Term choice : choices) {
          Facts one = of(choice);
          any =
              new Facts(
                  id,
                  Math.min(any.least, one.least),
                  any.passable || one.passable,
                  any.nullable || one.nullable,
                  any.behinds | one.behinds);
        }
        yield any;
      }
      case Term.Repeated(Term inner, int min, int max) -> {
        Facts one = of(inner);
        boolean copied = max == Term.ENDLESS ? min > 1 : max > 1;
        counts |= copied && (max > min || one.nullable);
        yield new Facts(
            id,
            times(one.least, min),
            min == 0 || one.passable,
            min == 0 || one.nullable,
            one.behinds);
      }
      case Term.Start _, Term.End _ -> new Facts(id, 0, false, false, 0);
      case Term.Ahead(Term inside, boolean _) -> {
        looksAhead = true;
        yield new Facts(id, 0, false, false, of(inside).behinds);
      }
      case Term.Behind(Term inside, boolean _) -> {
        long inner = of(inside).behinds;
        yield new Facts(id, 0, false, false, inner | 1L << behindNumber(inside));
      }
    };
  }

  /** A product of lengths, at most {@link #NONE}. */
  static int times(int length, int count) {
    return (int) Math.min(NONE, (long) length * count);
  }
}
