package io.tailwalk.openai;

import io.tailwalk.builtin.PureModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.random.Streams;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Four letters, a blank and the end, with probabilities that depend on all tokens before: small
 * enough to know every response.
 */
final class SixTokens extends PureModel {
  private static final String LETTERS = "abcd ";

  SixTokens() {
    super(new ModelIdentity("six", "six tokens", "six"), new Tokens());
  }

  @Override
  protected LogProbs distribution(int[] promptTokenIds, int[] prefix) {
    int[] all = Arrays.copyOf(promptTokenIds, promptTokenIds.length + prefix.length);
    System.arraycopy(prefix, 0, all, promptTokenIds.length, prefix.length);
    RandomGenerator random = Streams.of(Arrays.hashCode(all), 11);
    return LogProbs.of(random.doubles(LETTERS.length() + 1).map(x -> 3 * x).toArray());
  }

  private static final class Tokens implements Vocabulary {
    @Override
    public int size() {
      return LETTERS.length() + 1;
    }

    @Override
    public byte[] bytes(int token) {
      return isEnd(token) ? new byte[0] : new byte[] {(byte) LETTERS.charAt(token)};
    }

    @Override
    public boolean isEnd(int token) {
      return token == LETTERS.length();
    }

    @Override
    public int[] encode(String text) {
      return text.chars().map(LETTERS::indexOf).filter(token -> token >= 0).toArray();
    }
  }
}
