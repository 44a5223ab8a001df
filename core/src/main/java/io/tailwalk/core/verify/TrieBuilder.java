package io.tailwalk.core.verify;

import io.tailwalk.core.model.Vocabulary;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Sorts the tokens of a vocabulary into the arrays of a {@link TokenTrie}. */
final class TrieBuilder {
  /** Groups of fewer tokens are merged: a group costs a walk of its own. */
  private static final int SMALL_GROUP = 48;

  /** The group of ill-formed bytes, of very long tokens and of those with line separators. */
  private static final int UNDECIDED = 1 << TextClass.COUNT;

  private static final int PLAIN =
      ((1 << TextClass.COUNT) - 1) & ~(1 << TextClass.QUOTE) & ~(1 << TextClass.CONTROL);
  private static final int ANY = (1 << TextClass.COUNT) - 1;

  private final byte[][] bytes;
  private final TokenSets sets;

  /** For each token the group that it is in, before groups are merged. */
  private final int[] kinds;

  private byte[] label = new byte[1024];
  private int[] skip = new int[1024];
  private int[] depth = new int[1024];
  private int[] first = new int[1024];
  private int nodes;
  private final int[] tokens;
  private int placed;
  private final int[] groups;
  private final int[] classes;
  private int[] empty = {};
  private int maxDepth;

  TrieBuilder(Vocabulary vocabulary) {
    int size = vocabulary.size();
    bytes = new byte[size][];
    kinds = new int[size];
    int[] counts = new int[UNDECIDED + 1];
    sets = new TokenSets(size);
    int filled = 0;
    for (int token = 0; token < size; token++) {
      bytes[token] = vocabulary.bytes(token);
      maxDepth = Math.max(maxDepth, bytes[token].length);
      kinds[token] = kind(token);
      counts[kinds[token]]++;
      filled += bytes[token].length > 0 ? 1 : 0;
    }
    sets.finish();
    merge(counts);
    tokens = new int[2 * filled];
    int[] kindsLeft = groupsOf(counts);
    groups = new int[kindsLeft.length + 1];
    classes = new int[kindsLeft.length];
    int[][] members = members(kindsLeft, counts);
    for (int i = 0; i < kindsLeft.length; i++) {
      classes[i] = kindsLeft[i] == UNDECIDED ? -1 : kindsLeft[i];
      groups[i] = nodes;
      add(members[i]);
    }
    groups[kindsLeft.length] = nodes;
    add(IntStream.range(0, size).filter(token -> bytes[token].length > 0).toArray());
    first = Arrays.copyOf(first, nodes + 1);
    first[nodes] = placed;
  }

  /** The classes of a token's characters, also into the sets. */
  private int kind(int token) {
    byte[] all = bytes[token];
    if (all.length == 0) {
      return 0;
    }
    int characters = Utf8.characters(all);
    if (characters < 0 || characters > TokenSets.MAX_CHARACTERS || Utf8.hasSeparator(all)) {
      return UNDECIDED;
    }
    int kind = 0;
    for (byte b : all) {
      kind |= 1 << TextClass.of(b);
    }
    sets.add(token, all, kind, characters);
    return kind;
  }

  /** Gives the tokens of small groups to groups of more classes. */
  private void merge(int[] counts) {
    int[] into = new int[counts.length];
    for (int kind = 1; kind < UNDECIDED; kind++) {
      into[kind] = counts[kind] >= SMALL_GROUP ? kind : (kind & ~PLAIN) == 0 ? PLAIN : ANY;
    }
    into[UNDECIDED] = UNDECIDED;
    Arrays.fill(counts, 0);
    for (int token = 0; token < kinds.length; token++) {
      kinds[token] = into[kinds[token]];
      counts[kinds[token]]++;
    }
  }

  private int[] groupsOf(int[] counts) {
    int[] out = new int[counts.length];
    int found = 0;
    for (int kind = 1; kind < counts.length; kind++) {
      if (counts[kind] > 0) {
        out[found++] = kind;
      }
    }
    return Arrays.copyOf(out, found);
  }

  private int[][] members(int[] kindsLeft, int[] counts) {
    int[] places = new int[counts.length];
    int[][] members = new int[kindsLeft.length][];
    for (int i = 0; i < kindsLeft.length; i++) {
      places[kindsLeft[i]] = i;
      members[i] = new int[counts[kindsLeft[i]]];
    }
    int[] filled = new int[kindsLeft.length];
    empty = new int[counts[0]];
    int empties = 0;
    for (int token = 0; token < kinds.length; token++) {
      if (kinds[token] == 0) {
        empty[empties++] = token;
      } else {
        int place = places[kinds[token]];
        members[place][filled[place]++] = token;
      }
    }
    return members;
  }

  /** Adds the tree of some tokens. */
  private void add(int[] members) {
    Integer[] sorted = Arrays.stream(members).boxed().toArray(Integer[]::new);
    Arrays.sort(sorted, (a, b) -> Arrays.compareUnsigned(bytes[a], bytes[b]));
    int[] open = new int[maxDepth + 1];
    byte[] before = {};
    int at = 0;
    for (int token : sorted) {
      byte[] own = bytes[token];
      int common = Arrays.mismatch(before, own);
      common = common < 0 ? own.length : common;
      while (at > common) {
        skip[open[--at]] = nodes;
      }
      while (at < own.length) {
        open[at] = node(own[at], at);
        at++;
      }
      tokens[placed++] = token;
      before = own;
    }
    while (at > 0) {
      skip[open[--at]] = nodes;
    }
  }

  private int node(byte b, int level) {
    if (nodes == label.length) {
      int more = 2 * nodes;
      label = Arrays.copyOf(label, more);
      skip = Arrays.copyOf(skip, more);
      depth = Arrays.copyOf(depth, more);
      first = Arrays.copyOf(first, more);
    }
    label[nodes] = b;
    depth[nodes] = level;
    // The token of a node follows its creation, so that its first place is the next free one.
    first[nodes] = placed;
    return nodes++;
  }

  byte[] label() {
    return Arrays.copyOf(label, nodes);
  }

  int[] skip() {
    return Arrays.copyOf(skip, nodes);
  }

  int[] depth() {
    return Arrays.copyOf(depth, nodes);
  }

  int[] first() {
    return first;
  }

  int[] tokens() {
    return tokens;
  }

  int[] groups() {
    return groups;
  }

  int[] classes() {
    return classes;
  }

  int[] empty() {
    return empty;
  }

  int maxDepth() {
    return maxDepth;
  }

  TokenSets sets() {
    return sets;
  }

  int size() {
    return bytes.length;
  }
}
