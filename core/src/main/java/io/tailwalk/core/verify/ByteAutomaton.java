package io.tailwalk.core.verify;

/**
 * A deterministic automaton over the bytes of a completion. States are ints chosen by the
 * implementation; {@link #DEAD} is the state from which nothing is accepted. Implementations are
 * immutable or safe to share between threads.
 */
public interface ByteAutomaton {

  /** The state from which no text is accepted. */
  int DEAD = -1;

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
}
