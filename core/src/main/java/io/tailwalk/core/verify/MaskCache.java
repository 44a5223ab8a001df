package io.tailwalk.core.verify;

import io.tailwalk.core.model.Vocabulary;
import org.jspecify.annotations.Nullable;

/**
 * The masks of an automaton over a vocabulary, computed when they are first asked for. The memory
 * of kept masks is bounded: when the newer half is full, the older half is forgotten.
 */
final class MaskCache {
  /** Bytes of masks in each of two halves. */
  private static final long HALF = 24L << 20;

  private final ByteAutomaton automaton;
  private final TokenTrie trie;
  private final ClosureFinder closures;
  private final int most;
  private Half newer = new Half();
  private Half older = new Half();

  MaskCache(ByteAutomaton automaton, Vocabulary vocabulary) {
    this(automaton, vocabulary, HALF);
  }

  /** With another bound than the default, in bytes of each half. */
  MaskCache(ByteAutomaton automaton, Vocabulary vocabulary, long half) {
    this.automaton = automaton;
    this.trie = TokenTrie.of(vocabulary);
    this.closures = new ClosureFinder(automaton);
    long bytes = 64 + trie.size / 8L;
    this.most = (int) Math.max(64, Math.min(1 << 18, half / bytes));
  }

  ByteAutomaton automaton() {
    return automaton;
  }

  /** Tokens that leave the automaton alive, as bits. */
  long[] alive(int state) {
    long[] known = get(state, false);
    if (known != null) {
      return known;
    }
    return put(state, false, MaskWalk.alive(trie, automaton, state, closures.of(state)));
  }

  /** Tokens with which the text is accepted, as bits. */
  long[] accepted(int state) {
    long[] known = get(state, true);
    return known != null ? known : put(state, true, MaskWalk.accepted(trie, automaton, state));
  }

  /** Number of masks kept. */
  synchronized int size() {
    return newer.count + older.count;
  }

  private static int key(int state, boolean accepting) {
    return state << 1 | (accepting ? 1 : 0);
  }

  private synchronized long @Nullable [] get(int state, boolean accepting) {
    int key = key(state, accepting);
    long[] found = newer.get(key);
    if (found == null) {
      found = older.get(key);
      if (found != null) {
        add(key, found);
      }
    }
    return found;
  }

  private synchronized long[] put(int state, boolean accepting, long[] mask) {
    add(key(state, accepting), mask);
    return mask;
  }

  private void add(int key, long[] mask) {
    if (newer.count >= most) {
      older = newer;
      newer = new Half();
    }
    newer.put(key, mask);
  }

  /** A hash table with int keys. */
  private static final class Half {
    private int[] keys = new int[64];
    private long[] @Nullable [] masks = new long[64][];
    private int count;

    private int place(int key) {
      int at = ((key * 0x9E3779B9) >>> 7) & (keys.length - 1);
      while (masks[at] != null && keys[at] != key) {
        at = (at + 1) & (keys.length - 1);
      }
      return at;
    }

    long @Nullable [] get(int key) {
      return masks[place(key)];
    }

    void put(int key, long[] mask) {
      if (2 * count >= keys.length) {
        int[] oldKeys = keys;
        long[] @Nullable [] oldMasks = masks;
        keys = new int[2 * oldKeys.length];
        masks = new long[keys.length][];
        for (int i = 0; i < oldKeys.length; i++) {
          if (oldMasks[i] != null) {
            int at = place(oldKeys[i]);
            keys[at] = oldKeys[i];
            masks[at] = oldMasks[i];
          }
        }
      }
      int at = place(key);
      count += masks[at] == null ? 1 : 0;
      keys[at] = key;
      masks[at] = mask;
    }
  }
}
