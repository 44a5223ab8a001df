package io.tailwalk.core.verify;

import io.tailwalk.core.model.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the end of the reasoning in completions: a deterministic automaton over bytes (Knuth,
 * Morris, Pratt) that looks for the closing tag and then passes over whitespace. Tags may begin and
 * end inside tokens; a control token that stands for the closing tag closes too. Safe to share
 * between threads.
 */
final class ReasoningScan {
  private static final int BYTES = 256;

  /** States from 0 count the bytes of the closing tag that the text ends with. */
  private final int gap;

  private final int answer;
  private final int[] next;
  private final String close;
  private final Map<Key, BitSet> leaving = new ConcurrentHashMap<>();
  private final Map<Vocabulary, OptionalInt> controls = new ConcurrentHashMap<>();

  private record Key(Vocabulary vocabulary, int state) {}

  /**
   * Where a completion is.
   *
   * @param state state after its last byte
   * @param reasoningTokens number of tokens up to the one that ends the closing tag; all tokens if
   *     the reasoning is not closed
   * @param from index of the first token of the answer; the number of tokens if there is none yet
   * @param skipped number of bytes of that token before the answer
   */
  record Place(int state, int reasoningTokens, int from, int skipped) {}

  ReasoningScan(String close) {
    this.close = close;
    byte[] tag = close.getBytes(StandardCharsets.UTF_8);
    gap = tag.length;
    answer = gap + 1;
    next = table(tag);
  }

  private static int[] table(byte[] tag) {
    int[] next = new int[tag.length * BYTES];
    next[tag[0] & 0xFF] = 1;
    int fallback = 0;
    for (int state = 1; state < tag.length; state++) {
      System.arraycopy(next, fallback * BYTES, next, state * BYTES, BYTES);
      next[state * BYTES + (tag[state] & 0xFF)] = state + 1;
      fallback = next[fallback * BYTES + (tag[state] & 0xFF)];
    }
    return next;
  }

  /** The state before the first byte. */
  int start(boolean closedByPrompt) {
    return closedByPrompt ? gap : 0;
  }

  /** Whether the reasoning is not closed in a state. */
  boolean isInside(int state) {
    return state < gap;
  }

  /** Whether the reasoning is closed and only whitespace follows it. */
  boolean isGap(int state) {
    return state == gap;
  }

  /** Where a completion is after its text, without a stop string at its end. */
  Place place(Candidate candidate, boolean closedByPrompt) {
    Vocabulary vocabulary = candidate.vocabulary();
    int[] tokens = candidate.tokenIds();
    int control = control(vocabulary);
    int end = end(candidate);
    int state = start(closedByPrompt);
    int reasoning = closedByPrompt ? 0 : tokens.length;
    int at = -candidate.skipped();
    for (int i = 0; i < tokens.length; i++) {
      boolean inside = isInside(state);
      if (tokens[i] == control && inside) {
        state = gap;
      }
      byte[] bytes = vocabulary.bytes(tokens[i]);
      for (int b = Math.max(0, -at); b < bytes.length && at + b < end; b++) {
        state = step(state, bytes[b]);
        if (state == answer) {
          return new Place(answer, inside ? i + 1 : reasoning, i, b);
        }
      }
      at += bytes.length;
      if (inside && !isInside(state)) {
        reasoning = i + 1;
      }
    }
    return new Place(state, reasoning, tokens.length, 0);
  }

  /** Length of the text in bytes, without the stop string; no limit if there is none. */
  private static int end(Candidate candidate) {
    return candidate.stopLength() == 0 ? Integer.MAX_VALUE : candidate.bytes().length;
  }

  private int step(int state, byte next) {
    if (state == gap) {
      return isBlank(next) ? gap : answer;
    }
    return this.next[state * BYTES + (next & 0xFF)];
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /**
   * The tokens of a vocabulary that do not simply extend what a state has: inside the reasoning
   * those that close it, behind it those that begin with whitespace.
   */
  BitSet leaving(Vocabulary vocabulary, int state) {
    return leaving.computeIfAbsent(new Key(vocabulary, state), this::leaving);
  }

  private BitSet leaving(Key key) {
    var tokens = new BitSet(key.vocabulary.size());
    int control = control(key.vocabulary);
    for (int token = 0; token < key.vocabulary.size(); token++) {
      byte[] bytes = key.vocabulary.bytes(token);
      boolean leaves =
          isGap(key.state)
              ? bytes.length > 0 && isBlank(bytes[0])
              : token == control || closes(key.state, bytes);
      tokens.set(token, leaves);
    }
    return tokens;
  }

  private boolean closes(int from, byte[] bytes) {
    int state = from;
    for (int b = 0; b < bytes.length && isInside(state); b++) {
      state = step(state, bytes[b]);
    }
    return !isInside(state);
  }

  private int control(Vocabulary vocabulary) {
    return controls
        .computeIfAbsent(vocabulary, asked -> asked.controlToken(close))
        .orElse(Integer.MIN_VALUE);
  }
}
