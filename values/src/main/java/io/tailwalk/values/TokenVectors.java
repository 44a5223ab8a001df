package io.tailwalk.values;

import io.tailwalk.core.model.LogProbs;

/**
 * A vector for each token of a vocabulary: its log-probabilities at some reference prefixes, each
 * shifted and scaled to mean 0 and deviation 1 over the vocabulary. A network's log-probability of
 * a token is the product of the state with the token's output embedding, up to a number that is the
 * same for all tokens; so this is a linear view of that embedding, in as many dimensions as there
 * are reference prefixes.
 *
 * @param width numbers per token, at least 1
 * @param table the vectors, token by token
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TokenVectors(int width, float[] table) {
  private static final double LEAST = 1e-6;

  /** Refuses a table that is not a vector per token. */
  public TokenVectors {
    if (width < 1 || table.length == 0 || table.length % width != 0) {
      throw new IllegalArgumentException(table.length + " numbers in vectors of " + width);
    }
  }

  /**
   * The vectors of a vocabulary.
   *
   * @param references next-token distributions at the reference prefixes, at least one
   */
  static TokenVectors of(LogProbs[] references) {
    int size = references[0].size();
    float[] table = new float[size * references.length];
    for (int j = 0; j < references.length; j++) {
      double[] column = new double[size];
      double sum = 0;
      double squares = 0;
      for (int token = 0; token < size; token++) {
        column[token] = StateView.bounded(references[j].logProb(token));
        sum += column[token];
        squares += column[token] * column[token];
      }
      double mean = sum / size;
      double deviation = Math.sqrt(Math.max(0, squares / size - mean * mean));
      for (int token = 0; token < size; token++) {
        table[token * references.length + j] =
            (float) ((column[token] - mean) / (deviation < LEAST ? 1 : deviation));
      }
    }
    return new TokenVectors(references.length, table);
  }

  /** Number of tokens. */
  public int size() {
    return table.length / width;
  }

  /** A coordinate of a token's vector. */
  float at(int token, int coordinate) {
    return table[token * width + coordinate];
  }

  /** Writes a token's vector from an offset on. */
  void fill(int token, float[] into, int offset) {
    System.arraycopy(table, token * width, into, offset, width);
  }
}
