package io.tailwalk.verifiers.regex;

import io.tailwalk.core.verify.VerifierException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * A non-deterministic automaton over code points with look-around (Thompson's construction, K.
 * Thompson, Regular expression search algorithm, CACM 11, 1968). Node {@link #ACCEPT} accepts at
 * the end of the text; look-ahead and look-behind are automata of their own with node {@link
 * #FOUND} and one {@link Op#BEHIND_FOUND} each. Counted repetitions are copies that are made when a
 * text first reaches them, so the size is that of the pattern and of what texts have read. Not safe
 * to share between threads.
 */
final class RegexProgram {
  /** Positions beyond which a text ends with a message. */
  private static final int MAX_NODES = 4_000_000;

  static final int ACCEPT = 0;
  static final int FOUND = 1;

  /** What a node does before the next one. */
  enum Op {
    ACCEPT,
    FOUND,
    /** The end of a look-behind. */
    BEHIND_FOUND,
    /** Reads a character of set {@code arg}. */
    ONE,
    /** Continues at {@code next} and at {@code arg}. */
    SPLIT,
    /** Continues at {@code next}, or in one more copy, or both: see {@link Counter}. */
    REPEAT,
    /** Passes at the beginning of the text. */
    START,
    /** Passes if what starts at node {@code arg} matches here, or does not. */
    AHEAD,
    NOT_AHEAD,
    /** Passes if look-behind {@code arg} matches here, or does not. */
    BEHIND,
    NOT_BEHIND
  }

  /** A counted repetition after so many copies. */
  private static final class Counter {
    /** The number of the repetition in the pattern. */
    final int id;

    final Term term;
    final int min;
    final int max;
    final int copies;

    /** First node of the next copy; 0 until it is made. */
    int body;

    Counter(int id, Term term, int min, int max, int copies) {
      this.id = id;
      this.term = term;
      this.min = min;
      this.max = max;
      this.copies = copies;
    }
  }

  private final String pattern;
  private final TermFacts terms;
  private final NodeFacts facts;
  private final IdentityHashMap<Term, Integer> aheads = new IdentityHashMap<>();
  private final List<Counter> counters = new ArrayList<>();

  /** First and last node of each look-behind. */
  private final List<int[]> behindNodes = new ArrayList<>();

  private Op[] ops = new Op[64];
  private int[] args = new int[64];
  private int[] nexts = new int[64];
  private int size;
  private final int start;

  /**
   * The automaton of a pattern.
   *
   * @param pattern as it was written, for messages
   * @throws IllegalArgumentException in one sentence if it has too many look-behinds
   */
  RegexProgram(String pattern, Term term) {
    this.pattern = pattern;
    this.terms = new TermFacts(pattern, term);
    this.facts = new NodeFacts(terms.counts());
    facts.end(node(Op.ACCEPT, 0, ACCEPT), true);
    facts.end(node(Op.FOUND, 0, FOUND), false);
    for (Term behind : terms.behinds()) {
      int end = node(Op.BEHIND_FOUND, 0, 0);
      facts.end(end, false);
      behindNodes.add(new int[] {before(behind, end), end});
    }
    this.start = before(term, ACCEPT);
  }

  /** The number of nodes made so far. */
  int size() {
    return size;
  }

  int start() {
    return start;
  }

  Op op(int node) {
    return ops[node];
  }

  int arg(int node) {
    return args[node];
  }

  int next(int node) {
    return nexts[node];
  }

  /** What is known about the ways from each node. */
  NodeFacts facts() {
    return facts;
  }

  /** Whether there is look-ahead. */
  boolean looksAhead() {
    return terms.looksAhead();
  }

  /** The sets that the nodes read, by number. */
  List<CodeSet> sets() {
    return terms.sets();
  }

  /** The number of look-behinds. A look-behind inside another one has a smaller number. */
  int behinds() {
    return behindNodes.size();
  }

  int behindStart(int number) {
    return behindNodes.get(number)[0];
  }

  int behindEnd(int number) {
    return behindNodes.get(number)[1];
  }

  /** Whether a repetition may end at a {@link Op#REPEAT}. */
  boolean mayEnd(int repeat) {
    Counter counter = counters.get(args[repeat]);
    return counter.copies >= counter.min;
  }

  /** The first node of one more copy at a {@link Op#REPEAT}; -1 if there are enough. */
  int copy(int repeat) {
    Counter counter = counters.get(args[repeat]);
    if (counter.copies == counter.max) {
      return -1;
    }
    if (counter.body == 0) {
      var one = new Counter(counter.id, counter.term, counter.min, counter.max, counter.copies + 1);
      counter.body = before(counter.term, repeat(one, nexts[repeat]));
    }
    return counter.body;
  }

  /** What a {@link Op#REPEAT} repeats. */
  Term repeated(int repeat) {
    return counters.get(args[repeat]).term;
  }

  /** The most copies that may follow at a {@link Op#REPEAT}. */
  int copiesLeft(int repeat) {
    Counter counter = counters.get(args[repeat]);
    return counter.max - counter.copies;
  }

  private int node(Op op, int arg, int next) {
    if (size >= MAX_NODES) {
      throw new VerifierException(
          "the regex "
              + PatternText.shown(pattern)
              + " has over "
              + MAX_NODES
              + " positions that one text reaches; repeat less in it");
    }
    if (size == ops.length) {
      ops = Arrays.copyOf(ops, 2 * size);
      args = Arrays.copyOf(args, 2 * size);
      nexts = Arrays.copyOf(nexts, 2 * size);
    }
    ops[size] = op;
    args[size] = arg;
    nexts[size] = next;
    return size++;
  }

  /** The first node of a term that continues at a node. */
  private int before(Term term, int next) {
    return switch (term) {
      case Term.One(CodeSet set) -> one(term, node(Op.ONE, terms.number(set), next), next);
      case Term.Sequence(List<Term> parts) -> {
        int to = next;
        for (Term part : parts.reversed()) {
          to = before(part, to);
        }
        yield to;
      }
      case Term.Union(List<Term> choices) -> {
        int to = before(choices.getLast(), next);
        for (int i = choices.size() - 2; i >= 0; i--) {
          int choice = before(choices.get(i), next);
          to = split(choice, to, terms.of(term).id() + i, next);
        }
        yield to;
      }
      case Term.Repeated repeated -> repetition(repeated, next);
      case Term.Start _ -> one(term, node(Op.START, 0, next), next);
      case Term.End _ -> one(term, node(Op.AHEAD, ACCEPT, next), next);
      case Term.Ahead(Term inside, boolean negated) ->
          one(term, node(negated ? Op.NOT_AHEAD : Op.AHEAD, ahead(inside), next), next);
      case Term.Behind(Term inside, boolean negated) ->
          one(
              term,
              node(negated ? Op.NOT_BEHIND : Op.BEHIND, terms.behindNumber(inside), next),
              next);
    };
  }

  private int one(Term term, int node, int next) {
    facts.before(node, terms.of(term), next);
    return node;
  }

  /** A choice of two nodes that both lead to a third one. */
  private int split(int a, int b, int id, int next) {
    int split = node(Op.SPLIT, a, b);
    facts.either(split, a, b, id, next);
    return split;
  }

  private int repetition(Term.Repeated repeated, int next) {
    int id = terms.of(repeated).id();
    Term term = repeated.term();
    int max = repeated.max();
    // What may be empty can fill any copies that are asked for.
    int min = terms.of(term).nullable() ? 0 : repeated.min();
    if (min == 0 && max == 1) {
      return split(before(term, next), next, id, next);
    }
    if (max != Term.ENDLESS) {
      return repeat(new Counter(id, term, min, max, 0), next);
    }
    int loop = node(Op.SPLIT, 0, next);
    facts.loop(loop, id, terms.of(term), next);
    int body = before(term, loop);
    args[loop] = body;
    return switch (min) {
      case 0 -> loop;
      case 1 -> body;
      default -> repeat(new Counter(id, term, min, min, 0), loop);
    };
  }

  private int repeat(Counter counter, int next) {
    counters.add(counter);
    int node = node(Op.REPEAT, counters.size() - 1, next);
    int missing = Math.max(0, counter.min - counter.copies);
    facts.repeat(node, counter.id, counter.copies, missing, terms.of(counter.term), next);
    return node;
  }

  private int ahead(Term inside) {
    Integer known = aheads.get(inside);
    if (known == null) {
      known = before(inside, FOUND);
      aheads.put(inside, known);
    }
    return known;
  }
}
