package io.tailwalk.core.verify;

import io.tailwalk.core.model.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes the completions whose text an automaton accepts. Its prefix value is 1 if some text can
 * still be accepted and 0 otherwise: sound, and computed for a complete vocabulary at once with a
 * mask per automaton state.
 */
public final class AutomatonVerifier implements Verifier {
  private final String name;
  private final ByteAutomaton automaton;
  private final Map<String, String> sources;
  private final Map<MaskKey, BitSet> masks = new ConcurrentHashMap<>();

  private record MaskKey(Vocabulary vocabulary, int state, boolean accepting) {}

  /**
   * From an automaton.
   *
   * @param name the specification shown to users
   */
  public AutomatonVerifier(String name, ByteAutomaton automaton) {
    this(name, automaton, Map.of());
  }

  /**
   * From an automaton that was read from files.
   *
   * @param name the specification shown to users
   * @param sources the files with their hashes, see {@link Verifier#sources}
   */
  public AutomatonVerifier(String name, ByteAutomaton automaton, Map<String, String> sources) {
    this.name = name;
    this.automaton = automaton;
    this.sources = Map.copyOf(sources);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, String> sources() {
    return sources;
  }

  /** The automaton. */
  public ByteAutomaton automaton() {
    return automaton;
  }

  @Override
  public double logReward(Candidate complete) {
    int state = stateAfter(complete);
    return log01(state != ByteAutomaton.DEAD && automaton.accepts(state));
  }

  /** Names the first character behind which no text can pass. */
  @Override
  public Optional<String> reason(Candidate complete) {
    int state = automaton.start();
    byte[] bytes = complete.bytes();
    for (int i = 0; i < bytes.length && state != ByteAutomaton.DEAD; i++) {
      int next = automaton.run(state, new byte[] {bytes[i]});
      if (next == ByteAutomaton.DEAD) {
        return Optional.of(at(bytes, i));
      }
      state = next;
    }
    return state != ByteAutomaton.DEAD && automaton.accepts(state)
        ? Optional.empty()
        : Optional.of(name + ": the text ends too early");
  }

  /** The place of a byte as that of its character, counted from 1. */
  private String at(byte[] bytes, int place) {
    int start = place;
    while (start > 0 && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    String before = new String(bytes, 0, start, StandardCharsets.UTF_8);
    String rest = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    return "%s: '%s' is not possible as character %d"
        .formatted(
            name,
            Character.toString(rest.codePointAt(0)),
            before.codePointCount(0, before.length()) + 1);
  }

  @Override
  public double logRewardBound() {
    return 0;
  }

  @Override
  public boolean passesOrFails() {
    return true;
  }

  @Override
  public ChildScores childLogRewards(Candidate prefix, FinishReason reason) {
    return childScores(prefix, true);
  }

  @Override
  public ValueFunction prefixValue() {
    return new ValueFunction() {
      @Override
      public ValueFunction proof() {
        return this;
      }

      @Override
      public double logValue(Candidate prefix) {
        return log01(stateAfter(prefix) != ByteAutomaton.DEAD);
      }

      @Override
      public ChildScores childLogValues(Candidate prefix) {
        return childScores(prefix, false);
      }
    };
  }

  @Override
  public boolean masksVocabulary() {
    return true;
  }

  private ChildScores childScores(Candidate prefix, boolean accepting) {
    int state = stateAfter(prefix);
    if (state == ByteAutomaton.DEAD) {
      return token -> Double.NEGATIVE_INFINITY;
    }
    BitSet mask =
        masks.computeIfAbsent(new MaskKey(prefix.vocabulary(), state, accepting), this::mask);
    return new ChildScores() {
      @Override
      public double logScore(int token) {
        return log01(mask.get(token));
      }

      @Override
      public void logScores(double[] out) {
        Arrays.fill(out, Double.NEGATIVE_INFINITY);
        for (int token = mask.nextSetBit(0); token >= 0; token = mask.nextSetBit(token + 1)) {
          out[token] = 0.0;
        }
      }
    };
  }

  private BitSet mask(MaskKey key) {
    var mask = new BitSet(key.vocabulary.size());
    for (int token = 0; token < key.vocabulary.size(); token++) {
      int end = automaton.run(key.state, key.vocabulary.bytes(token));
      if (end != ByteAutomaton.DEAD && (!key.accepting || automaton.accepts(end))) {
        mask.set(token);
      }
    }
    return mask;
  }

  private int stateAfter(Candidate candidate) {
    int start = automaton.start();
    return start == ByteAutomaton.DEAD ? start : automaton.run(start, candidate.bytes());
  }

  private static double log01(boolean pass) {
    return pass ? 0.0 : Double.NEGATIVE_INFINITY;
  }
}
