package io.tailwalk.verifiers.regex;

import io.tailwalk.verifiers.regex.RegexProgram.Op;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/** What is known about each node of a program from the nodes behind it. */
final class ProgramFacts {
  private static final int NONE = Integer.MAX_VALUE / 2;

  private final RegexProgram program;
  private final List<CodeSet> sets;

  /** The nodes that lead to each node, from {@code firstSource[n]} to {@code firstSource[n+1]}. */
  private final int[] firstSource;

  private final int[] sources;
  private final int[] shortest;
  private final boolean[] free;
  private final long[] behinds;

  ProgramFacts(RegexProgram program) {
    this.program = program;
    this.sets = program.sets();
    int size = program.size();
    this.firstSource = new int[size + 2];
    this.sources = new int[2 * size];
    this.shortest = new int[size];
    this.free = new boolean[size];
    this.behinds = new long[size];
    fillSources();
    fillShortest();
    fillFree();
    fillBehinds();
  }

  /**
   * The fewest characters from here to the end of the automaton that the node belongs to, if all
   * look-around passed; {@link #isStuck} without a way.
   */
  int shortest(int node) {
    return shortest[node];
  }

  /** Whether no way leads from here to the end of the node's automaton. */
  boolean isStuck(int node) {
    return shortest[node] >= NONE;
  }

  /** Whether a way without look-around leads from here to the end of the text. */
  boolean isFree(int node) {
    return free[node];
  }

  /** The look-behinds that the ways from here may ask for, one bit each. */
  long behinds(int node) {
    return behinds[node];
  }

  private boolean leads(int node) {
    return switch (program.op(node)) {
      case ACCEPT, FOUND, BEHIND_FOUND -> false;
      default -> true;
    };
  }

  private void fillSources() {
    int size = program.size();
    for (int node = 0; node < size; node++) {
      if (leads(node)) {
        firstSource[program.next(node) + 2]++;
        if (program.op(node) == Op.SPLIT) {
          firstSource[program.arg(node) + 2]++;
        }
      }
    }
    for (int i = 2; i < firstSource.length; i++) {
      firstSource[i] += firstSource[i - 1];
    }
    for (int node = 0; node < size; node++) {
      if (leads(node)) {
        sources[firstSource[program.next(node) + 1]++] = node;
        if (program.op(node) == Op.SPLIT) {
          sources[firstSource[program.arg(node) + 1]++] = node;
        }
      }
    }
  }

  private boolean readsNothing(int node) {
    return program.op(node) == Op.ONE && sets.get(program.arg(node)).isEmpty();
  }

  private void fillShortest() {
    Arrays.fill(shortest, NONE);
    var open = new ArrayDeque<Integer>();
    for (int node = 0; node < program.size(); node++) {
      if (!leads(node)) {
        shortest[node] = 0;
        open.add(node);
      }
    }
    // Steps cost 0 or 1: nodes of cost 0 go first.
    while (!open.isEmpty()) {
      int node = open.poll();
      for (int i = firstSource[node]; i < firstSource[node + 1]; i++) {
        int source = sources[i];
        int cost = program.op(source) == Op.ONE ? 1 : 0;
        if (!readsNothing(source) && shortest[node] + cost < shortest[source]) {
          shortest[source] = shortest[node] + cost;
          if (cost == 0) {
            open.addFirst(source);
          } else {
            open.addLast(source);
          }
        }
      }
    }
  }

  private void fillFree() {
    free[RegexProgram.ACCEPT] = true;
    var open = new ArrayDeque<Integer>();
    open.add(RegexProgram.ACCEPT);
    while (!open.isEmpty()) {
      int node = open.poll();
      for (int i = firstSource[node]; i < firstSource[node + 1]; i++) {
        int source = sources[i];
        boolean passes = program.op(source) == Op.SPLIT || program.op(source) == Op.ONE;
        if (passes && !free[source] && !readsNothing(source)) {
          free[source] = true;
          open.add(source);
        }
      }
    }
  }

  private void fillBehinds() {
    if (program.behinds() == 0) {
      return;
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int node = 0; node < program.size(); node++) {
        long now = behinds[node] | direct(node);
        changed |= now != behinds[node];
        behinds[node] = now;
      }
    }
  }

  private long direct(int node) {
    long all = leads(node) ? behinds[program.next(node)] : 0;
    return switch (program.op(node)) {
      case SPLIT, AHEAD, NOT_AHEAD -> all | behinds[program.arg(node)];
      case BEHIND, NOT_BEHIND ->
          all | 1L << program.arg(node) | behinds[program.behindStart(program.arg(node))];
      default -> all;
    };
  }
}
