package io.tailwalk.train.linear;

import java.util.Arrays;

/**
 * A prompt with a response.
 *
 * @param prompt its number
 * @param tokens the response; read-only
 */
@SuppressWarnings("ArrayRecordComponent") // equality by content below
public record Sequence(int prompt, int[] tokens) {

  @Override
  public boolean equals(Object other) {
    return other instanceof Sequence(int prompt2, int[] tokens2)
        && prompt == prompt2
        && Arrays.equals(tokens, tokens2);
  }

  @Override
  public int hashCode() {
    return 31 * prompt + Arrays.hashCode(tokens);
  }

  @Override
  public String toString() {
    return prompt + ":" + Arrays.toString(tokens);
  }
}
