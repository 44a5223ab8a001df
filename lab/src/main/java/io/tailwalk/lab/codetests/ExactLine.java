package io.tailwalk.lab.codetests;

import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Passes complete lines {@code (ARGUMENTS) == RESULT} whose result is written as Python writes it.
 * The value of a prefix is 1 if it may still become such a line: before the first {@code ) == },
 * every text that begins as calls of the function do; after it, the beginnings of the only right
 * result. Samplers that look one token ahead therefore always write a right result, however
 * improbable it is under the model after these arguments.
 */
final class ExactLine implements Verifier {
  /** The text between the arguments' closing bracket and the result. */
  static final String EQUALS = " == ";

  private static final byte[] TURN = (")" + EQUALS).getBytes(StandardCharsets.UTF_8);

  private final byte[] opening;
  private final CallResults results;
  private volatile Optional<TurnTokens> turnTokens = Optional.empty();

  /** The tokens of a vocabulary that hold a whole turn, searched for once. */
  private record TurnTokens(Vocabulary vocabulary, BitSet tokens) {
    static TurnTokens of(Vocabulary vocabulary) {
      var tokens = new BitSet(vocabulary.size());
      for (int token = 0; token < vocabulary.size(); token++) {
        tokens.set(token, behindTurn(vocabulary.bytes(token)) >= 0);
      }
      return new TurnTokens(vocabulary, tokens);
    }
  }

  ExactLine(TestedFunction function, CallResults results) {
    this.opening = function.opening();
    this.results = results;
  }

  @Override
  public String name() {
    return "a call and its result";
  }

  @Override
  public double logReward(Candidate complete) {
    if (complete.finishReason().orElseThrow() != FinishReason.STOP) {
      return Double.NEGATIVE_INFINITY;
    }
    byte[] text = complete.bytes();
    int result = behindTurn(text);
    return log01(
        result >= 0
            && begins(text)
            && expected(text, result)
                .filter(right -> Arrays.equals(right, from(text, result)))
                .isPresent());
  }

  @Override
  public ChildScores childLogRewards(Candidate prefix, FinishReason reason) {
    return reason == FinishReason.LENGTH
        ? _ -> Double.NEGATIVE_INFINITY
        : Verifier.super.childLogRewards(prefix, reason);
  }

  @Override
  public boolean passesOrFails() {
    return true;
  }

  @Override
  public double logRewardBound() {
    return 0;
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
        return log01(canPass(prefix.bytes()));
      }

      @Override
      public ChildScores childLogValues(Candidate prefix) {
        return children(prefix.bytes(), prefix.vocabulary());
      }
    };
  }

  private ChildScores children(byte[] text, Vocabulary vocabulary) {
    if (!canPass(text)) {
      return _ -> Double.NEGATIVE_INFINITY;
    }
    int result = behindTurn(text);
    if (result >= 0) {
      byte[] right = expected(text, result).orElseThrow();
      int known = text.length - result;
      return token -> log01(isAt(right, known, vocabulary.bytes(token)));
    }
    if (text.length < opening.length) {
      return token -> log01(canPass(joined(text, vocabulary.bytes(token))));
    }
    BitSet withTurn = withTurn(vocabulary);
    List<byte[]> rests = turnsBegun(text);
    return token ->
        log01(
            (!withTurn.get(token) && !completesOne(rests, vocabulary, token))
                || canPass(joined(text, vocabulary.bytes(token))));
  }

  private BitSet withTurn(Vocabulary vocabulary) {
    Optional<TurnTokens> known = turnTokens.filter(of -> of.vocabulary().equals(vocabulary));
    var of = known.orElseGet(() -> TurnTokens.of(vocabulary));
    turnTokens = Optional.of(of);
    return of.tokens();
  }

  private static boolean completesOne(List<byte[]> rests, Vocabulary vocabulary, int token) {
    if (rests.isEmpty()) {
      return false;
    }
    byte[] added = vocabulary.bytes(token);
    for (byte[] rest : rests) {
      if (isAt(added, 0, rest)) {
        return true;
      }
    }
    return false;
  }

  /** The missing parts of all turns that the end of the text may have begun. */
  private static List<byte[]> turnsBegun(byte[] text) {
    List<byte[]> rests = new ArrayList<>();
    for (int begun = 1; begun < TURN.length && begun <= text.length; begun++) {
      if (isAt(text, text.length - begun, Arrays.copyOf(TURN, begun))) {
        rests.add(from(TURN, begun));
      }
    }
    return rests;
  }

  private boolean canPass(byte[] text) {
    int result = behindTurn(text);
    return begins(text)
        && (result < 0
            || expected(text, result)
                .filter(right -> isAt(right, 0, from(text, result)))
                .isPresent());
  }

  private boolean begins(byte[] text) {
    int length = Math.min(text.length, opening.length);
    return Arrays.equals(text, 0, length, opening, 0, length);
  }

  private Optional<byte[]> expected(byte[] text, int result) {
    int end = result - EQUALS.length();
    return results.of(new String(text, 0, end, StandardCharsets.UTF_8));
  }

  /** The index at which the result begins, after the first turn; -1 without a turn. */
  private static int behindTurn(byte[] text) {
    for (int at = 0; at + TURN.length <= text.length; at++) {
      if (isAt(text, at, TURN)) {
        return at + TURN.length;
      }
    }
    return -1;
  }

  private static boolean isAt(byte[] text, int at, byte[] piece) {
    return at + piece.length <= text.length
        && Arrays.equals(text, at, at + piece.length, piece, 0, piece.length);
  }

  private static byte[] from(byte[] text, int at) {
    return Arrays.copyOfRange(text, at, text.length);
  }

  private static byte[] joined(byte[] left, byte[] right) {
    byte[] all = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, all, left.length, right.length);
    return all;
  }

  private static double log01(boolean pass) {
    return pass ? 0 : Double.NEGATIVE_INFINITY;
  }
}
