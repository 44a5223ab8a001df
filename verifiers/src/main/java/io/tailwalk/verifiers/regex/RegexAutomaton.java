package io.tailwalk.verifiers.regex;

import io.tailwalk.core.verify.ByteAutomaton;
import java.util.Arrays;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.apache.lucene.util.automaton.Transition;
import org.apache.lucene.util.automaton.UTF32ToUTF8;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression as a deterministic automaton over UTF-8 bytes, for matching complete texts.
 * A state is retained only if some text can still be accepted from it, so {@link #DEAD} is reached
 * if and only if a match has become impossible: sound and complete. Ill-formed UTF-8 never matches.
 *
 * <p>Patterns are in {@code java.util.regex} syntax, without what is not regular (lookaround,
 * back-references, possessive quantifiers, atomic groups, word boundaries) and without flags other
 * than a leading {@code (?i)}, {@code (?s)}, {@code (?u)}. {@code ^} and {@code $} are allowed at
 * the ends of the pattern or of its top-level alternatives, where they have no effect.
 */
public final class RegexAutomaton implements ByteAutomaton {
  /** Bound on the subset construction, in Lucene's unit of visited states. */
  private static final int WORK_LIMIT = 100_000;

  private static final int MAX_TRANSITIONS = 500_000;
  private static final int MAX_STATES = 40_000;
  private static final int BYTES = 256;

  private final int[][] rows;
  private final boolean[] accepting;

  private RegexAutomaton(int[][] rows, boolean[] accepting) {
    this.rows = rows;
    this.accepting = accepting;
  }

  /**
   * Translates a pattern.
   *
   * @throws IllegalArgumentException in one sentence, if the pattern is malformed, not supported,
   *     matches no text at all, or needs too large an automaton
   */
  public static RegexAutomaton of(String pattern) {
    Automaton bytes = determinised(pattern, RegexParser.parse(pattern));
    int states = bytes.getNumStates();
    if (states == 0) {
      throw new IllegalArgumentException(
          "the regex " + RegexParser.shown(pattern) + " matches no text at all");
    }
    int[][] rows = new int[states][BYTES];
    boolean[] accepting = new boolean[states];
    var transition = new Transition();
    for (int state = 0; state < states; state++) {
      accepting[state] = bytes.isAccept(state);
      Arrays.fill(rows[state], DEAD);
      int count = bytes.initTransition(state, transition);
      for (int i = 0; i < count; i++) {
        bytes.getNextTransition(transition);
        Arrays.fill(rows[state], transition.min, transition.max + 1, transition.dest);
      }
    }
    return new RegexAutomaton(rows, accepting);
  }

  private static Automaton determinised(String pattern, Automaton codePoints) {
    try {
      // Deterministic first: otherwise the bytes of large classes multiply in the subset
      // construction.
      Automaton small = Operations.removeDeadStates(codePoints);
      Automaton deterministic = Operations.determinize(small, WORK_LIMIT);
      if (deterministic.getNumTransitions() > MAX_TRANSITIONS) {
        throw tooLarge(pattern, null);
      }
      // From a deterministic automaton the bytes cannot blow up: they grow with its transitions.
      Automaton bytes = new UTF32ToUTF8().convert(deterministic);
      Automaton live =
          Operations.removeDeadStates(Operations.determinize(bytes, Integer.MAX_VALUE));
      if (live.getNumStates() > MAX_STATES) {
        throw tooLarge(pattern, null);
      }
      return live;
    } catch (TooComplexToDeterminizeException e) {
      throw tooLarge(pattern, e);
    }
  }

  private static IllegalArgumentException tooLarge(String pattern, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "the regex "
            + RegexParser.shown(pattern)
            + " needs an automaton that is too large to know where a match has become impossible;"
            + " repeat less, or check with cmd:",
        cause);
  }

  @Override
  public int start() {
    return 0;
  }

  @Override
  public int step(int state, byte nextByte) {
    return rows[state][nextByte & 0xFF];
  }

  @Override
  public int[] row(int state) {
    return rows[state];
  }

  @Override
  public boolean accepts(int state) {
    return accepting[state];
  }
}
