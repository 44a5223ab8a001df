package io.tailwalk.core.verify;

import java.util.Arrays;

/** Walks a vocabulary's trie with an automaton. */
final class MaskWalk {
  private final TokenTrie trie;
  private final ByteAutomaton automaton;
  private final long[] mask;
  private final boolean accepting;

  private MaskWalk(TokenTrie trie, ByteAutomaton automaton, boolean accepting) {
    this.trie = trie;
    this.automaton = automaton;
    this.accepting = accepting;
    this.mask = new long[(trie.size + 63) >>> 6];
  }

  /**
   * The tokens behind which something can still be accepted, as bits.
   *
   * @param state not {@link ByteAutomaton#DEAD}
   * @param closure what is known of texts from the state; {@link Closure#NONE} for nothing
   */
  static long[] alive(TokenTrie trie, ByteAutomaton automaton, int state, Closure closure) {
    var walk = new MaskWalk(trie, automaton, false);
    walk.all(state, closure.hasFree() ? trie.sets.decide(closure, walk.mask) : 0);
    return walk.mask;
  }

  /** The tokens with which the text is accepted if it ends there, as bits. */
  static long[] accepted(TokenTrie trie, ByteAutomaton automaton, int state) {
    var walk = new MaskWalk(trie, automaton, true);
    walk.all(state, 0);
    return walk.mask;
  }

  /** Walks the groups that are not decided, or the tree of all tokens if nothing is. */
  private void all(int state, int known) {
    if (!accepting || automaton.accepts(state)) {
      for (int token : trie.empty) {
        set(token);
      }
    }
    int[] states = new int[trie.maxDepth + 1];
    int[][] rows = new int[trie.maxDepth + 1][];
    states[0] = state;
    rows[0] = rowOf(state);
    if (known == 0) {
      walk(trie.groups[trie.classes.length], trie.label.length, states, rows);
      return;
    }
    for (int group = 0; group < trie.classes.length; group++) {
      if (trie.classes[group] < 0 || (trie.classes[group] & ~known) != 0) {
        walk(trie.groups[group], trie.groups[group + 1], states, rows);
      }
    }
  }

  /** The row, or one in which every entry is to be asked for. */
  private int[] rowOf(int state) {
    int[] row = automaton.row(state);
    return row == null ? NOTHING_KNOWN : row;
  }

  private static final int[] NOTHING_KNOWN = new int[256];

  static {
    Arrays.fill(NOTHING_KNOWN, ByteAutomaton.UNKNOWN);
  }

  private void walk(int from, int to, int[] states, int[][] rows) {
    byte[] label = trie.label;
    int[] depth = trie.depth;
    int[] skip = trie.skip;
    int[] first = trie.first;
    int[] tokens = trie.tokens;
    int node = from;
    while (node < to) {
      int level = depth[node];
      int next = rows[level][label[node] & 0xFF];
      if (next == ByteAutomaton.UNKNOWN) {
        next = automaton.step(states[level], label[node]);
      }
      int behind = skip[node];
      if (next == ByteAutomaton.DEAD) {
        node = behind;
        continue;
      }
      int end = first[node + 1];
      int token = first[node];
      if (token < end && (!accepting || automaton.accepts(next))) {
        for (; token < end; token++) {
          set(tokens[token]);
        }
      }
      node++;
      if (node < behind) {
        states[level + 1] = next;
        rows[level + 1] = next == states[level] ? rows[level] : rowOf(next);
      }
    }
  }

  private void set(int token) {
    mask[token >>> 6] |= 1L << token;
  }
}
