package io.tailwalk.core.verify;

import io.tailwalk.core.model.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Passes the completions whose text an automaton accepts. Its prefix value is 1 if some text can
 * still be accepted and 0 otherwise: sound, and computed for a complete vocabulary at once with a
 * mask per automaton state, from one walk over the vocabulary's trie.
 */
public final class AutomatonVerifier implements Verifier {
  /** Vocabularies of which masks are kept. */
  private static final int MAX_VOCABULARIES = 4;

  private final String name;
  private final ByteAutomaton automaton;
  private final Map<String, String> sources;

  /** The masks of vocabularies in use, the latest first; copied on a change. */
  private volatile List<Masks> masks = List.of();

  private record Masks(Vocabulary vocabulary, MaskCache cache) {}

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
    ByteAutomaton current = automaton.current();
    int state = stateAfter(current, complete);
    return log01(state != ByteAutomaton.DEAD && current.accepts(state));
  }

  /** Names the first character behind which no text can pass. */
  @Override
  public Optional<String> reason(Candidate complete) {
    ByteAutomaton current = automaton.current();
    int state = current.start();
    byte[] bytes = complete.bytes();
    for (int i = 0; i < bytes.length && state != ByteAutomaton.DEAD; i++) {
      int next = current.step(state, bytes[i]);
      if (next == ByteAutomaton.DEAD) {
        return Optional.of(at(bytes, i));
      }
      state = next;
    }
    return state != ByteAutomaton.DEAD && current.accepts(state)
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

  /** Number of masks of a vocabulary that are kept, to tell a new mask from one kept. */
  public int keptMasks(Vocabulary vocabulary) {
    return masks(vocabulary).size();
  }

  @Override
  public double logRewardBound() {
    return 0;
  }

  @Override
  public boolean passesOrFails() {
    return true;
  }

  /** The mask is computed only when all tokens are asked for. */
  @Override
  public ChildScores childLogRewards(Candidate prefix, FinishReason reason) {
    MaskCache cache = masks(prefix.vocabulary());
    ByteAutomaton current = cache.automaton();
    int state = stateAfter(current, prefix);
    if (state == ByteAutomaton.DEAD) {
      return new MaskScores(new long[0]);
    }
    return new ChildScores() {
      @Override
      public double logScore(int token) {
        int end = current.run(state, prefix.vocabulary().bytes(token));
        return log01(end != ByteAutomaton.DEAD && current.accepts(end));
      }

      @Override
      public void logScores(double[] out) {
        new MaskScores(cache.accepted(state)).logScores(out);
      }

      @Override
      public long[] mask() {
        return cache.accepted(state);
      }
    };
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
        return log01(stateAfter(automaton.current(), prefix) != ByteAutomaton.DEAD);
      }

      @Override
      public ChildScores childLogValues(Candidate prefix) {
        MaskCache cache = masks(prefix.vocabulary());
        int state = stateAfter(cache.automaton(), prefix);
        return new MaskScores(state == ByteAutomaton.DEAD ? new long[0] : cache.alive(state));
      }
    };
  }

  @Override
  public boolean masksVocabulary() {
    return true;
  }

  @Override
  public List<ByteAutomaton> automata() {
    return List.of(automaton.current());
  }

  /** The masks of a vocabulary, by the automaton to use from now on. */
  @SuppressWarnings("ReferenceEquality") // states mean something to one automaton only
  private MaskCache masks(Vocabulary vocabulary) {
    ByteAutomaton current = automaton.current();
    for (Masks known : masks) {
      if (known.vocabulary == vocabulary && known.cache.automaton() == current) {
        return known.cache;
      }
    }
    var made = new Masks(vocabulary, new MaskCache(current, vocabulary));
    synchronized (this) {
      masks =
          Stream.concat(Stream.of(made), masks.stream().filter(m -> m.vocabulary != vocabulary))
              .limit(MAX_VOCABULARIES)
              .toList();
    }
    return made.cache;
  }

  /** Token by token: prefixes are long, and each of their nodes asks. */
  private static int stateAfter(ByteAutomaton current, Candidate candidate) {
    int state = current.start();
    if (candidate.stopLength() > 0 || candidate.skipped() > 0) {
      return state == ByteAutomaton.DEAD ? state : current.run(state, candidate.bytes());
    }
    for (int token : candidate.tokenIds()) {
      if (state == ByteAutomaton.DEAD) {
        return state;
      }
      state = current.run(state, candidate.vocabulary().bytes(token));
    }
    return state;
  }

  private static double log01(boolean pass) {
    return pass ? 0.0 : Double.NEGATIVE_INFINITY;
  }
}
