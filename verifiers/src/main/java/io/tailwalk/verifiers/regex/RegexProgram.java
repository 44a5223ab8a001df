package io.tailwalk.verifiers.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A non-deterministic automaton over code points with look-around (Thompson's construction, K.
 * Thompson, Regular expression search algorithm, CACM 11, 1968). Node {@link #ACCEPT} accepts at
 * the end of the text; look-ahead and look-behind are automata of their own with node {@link
 * #FOUND} and one {@link Op#BEHIND_FOUND} each. Counted repetitions are copies, so the size is the
 * expanded size of the pattern.
 */
final class RegexProgram {
  private static final int MAX_NODES = 200_000;
  private static final int MAX_BEHINDS = 64;
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
    /** Passes at the beginning of the text. */
    START,
    /** Passes if what starts at node {@code arg} matches here, or does not. */
    AHEAD,
    NOT_AHEAD,
    /** Passes if look-behind {@code arg} matches here, or does not. */
    BEHIND,
    NOT_BEHIND
  }

  private final String pattern;
  private final Map<CodeSet, Integer> setNumbers = new LinkedHashMap<>();
  private final IdentityHashMap<Term, Integer> aheads = new IdentityHashMap<>();
  private final IdentityHashMap<Term, Integer> behinds = new IdentityHashMap<>();

  /** First and last node of each look-behind. */
  private final List<int[]> behindNodes = new ArrayList<>();

  private Op[] ops = new Op[64];
  private int[] args = new int[64];
  private int[] nexts = new int[64];
  private int size;
  private int work;
  private int start;

  private RegexProgram(String pattern) {
    this.pattern = pattern;
    node(Op.ACCEPT, 0, ACCEPT);
    node(Op.FOUND, 0, FOUND);
  }

  /**
   * The automaton of a pattern.
   *
   * @param pattern as it was written, for messages
   * @throws IllegalArgumentException in one sentence if it would be too large
   */
  static RegexProgram of(String pattern, Term term) {
    var program = new RegexProgram(pattern);
    program.start = program.before(term, ACCEPT);
    return program;
  }

  static IllegalArgumentException tooLarge(String pattern) {
    return new IllegalArgumentException(
        "the regex "
            + PatternText.shown(pattern)
            + " has over "
            + MAX_NODES
            + " positions once its repetitions are written out; repeat less");
  }

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

  /** The sets that the nodes read, by number. */
  List<CodeSet> sets() {
    return List.copyOf(setNumbers.keySet());
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

  private int node(Op op, int arg, int next) {
    if (size >= MAX_NODES) {
      throw tooLarge(pattern);
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
    if (++work > 4 * MAX_NODES) {
      throw tooLarge(pattern);
    }
    return switch (term) {
      case Term.One(CodeSet set) ->
          node(Op.ONE, setNumbers.computeIfAbsent(set, _ -> setNumbers.size()), next);
      case Term.Sequence(List<Term> parts) -> {
        int to = next;
        for (Term part : parts.reversed()) {
          to = before(part, to);
        }
        yield to;
      }
      case Term.Union(List<Term> choices) -> {
        int to = before(choices.getLast(), next);
        for (Term choice : choices.subList(0, choices.size() - 1).reversed()) {
          to = node(Op.SPLIT, before(choice, next), to);
        }
        yield to;
      }
      case Term.Repeated repeated -> repetition(repeated, next);
      case Term.Start _ -> node(Op.START, 0, next);
      case Term.End _ -> node(Op.AHEAD, ACCEPT, next);
      case Term.Ahead(Term inside, boolean negated) ->
          node(negated ? Op.NOT_AHEAD : Op.AHEAD, ahead(inside), next);
      case Term.Behind(Term inside, boolean negated) ->
          node(negated ? Op.NOT_BEHIND : Op.BEHIND, behind(inside), next);
    };
  }

  private int repetition(Term.Repeated repeated, int next) {
    int to = next;
    if (repeated.max() == Term.ENDLESS) {
      int loop = node(Op.SPLIT, 0, next);
      int body = before(repeated.term(), loop);
      args[loop] = body;
      to = loop;
    }
    for (int i = repeated.min(); i < repeated.max(); i++) {
      to = node(Op.SPLIT, before(repeated.term(), to), next);
    }
    for (int i = 0; i < repeated.min(); i++) {
      to = before(repeated.term(), to);
    }
    return to;
  }

  private int ahead(Term inside) {
    Integer known = aheads.get(inside);
    if (known == null) {
      known = before(inside, FOUND);
      aheads.put(inside, known);
    }
    return known;
  }

  private int behind(Term inside) {
    Integer known = behinds.get(inside);
    if (known == null) {
      int end = node(Op.BEHIND_FOUND, 0, 0);
      int first = before(inside, end);
      known = behindNodes.size();
      if (known == MAX_BEHINDS) {
        throw RegexParser.unsupported(
            pattern, "over " + MAX_BEHINDS + " different look-behinds", "merge some of them");
      }
      behindNodes.add(new int[] {first, end});
      behinds.put(inside, known);
    }
    return known;
  }
}
