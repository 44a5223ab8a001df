package io.tailwalk.core.verify;

import org.jspecify.annotations.Nullable;

/**
 * A deterministic automaton over the bytes of a completion. States are small ints chosen by the
 * implementation; {@link #DEAD} is the state from which nothing is accepted. Implementations are
 * immutable or safe to share between threads.
 */
public interface ByteAutomaton {

  /** The state from which no text is accepted. */
  int DEAD = -1;

  /** An entry of a {@link #row} that is not known yet. */
  int UNKNOWN = -2;

  /** The state before the first byte; {@link #DEAD} when no text at all is accepted. */
  int start();

  /** The state after a byte; {@link #DEAD} as soon as no continuation can be accepted. */
  int step(int state, byte next);

  /** Whether a text ending in this state is accepted. */
  boolean accepts(int state);

  /** The state after several bytes. */
  default int run(int state, byte[] bytes) {
    int current = state;
    for (byte b : bytes) {
      if (current == DEAD) {
        return DEAD;
      }
      current = step(current, b);
    }
    return current;
  }

  /**
   * The states after each of the 256 bytes, so that a vocabulary is walked without a call for each
   * byte. An entry that is {@link #UNKNOWN} is asked for by {@link #step}, which may fill it in.
   * The array is shared: callers do not write to it. Null if the automaton has no such table.
   */
  default int @Nullable [] row(int state) {
    return null;
  }

  /**
   * The characters that may follow a state in any order, where the automaton knows them without
   * looking at its states one by one; null if it does not, and then they are found through {@link
   * #row}.
   */
  default @Nullable Closure closure(int state) {
    return null;
  }

  /**
   * The automaton to use from now on. An automaton that finds its states as it goes returns a fresh
   * one when it holds many; its states mean nothing to the other one, so a caller asks once for
   * each task.
   */
  default ByteAutomaton current() {
    return this;
  }
}
