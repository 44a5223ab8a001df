package io.tailwalk.train.data;

import io.tailwalk.values.LearningException;

/**
 * A prompt and the response to learn. The arrays are shared and read-only.
 *
 * @param prompt given token ids, at least one (a beginning-of-text token counts)
 * @param response token ids to predict, at least one
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: examples are never compared
public record Example(int[] prompt, int[] response) {
  /** Refuses an empty prompt or response. */
  public Example {
    if (prompt.length == 0) {
      throw new LearningException(
          "a prompt is empty; begin it with a token, for example beginning of text");
    }
    if (response.length == 0) {
      throw new LearningException("a response is empty; give at least one token to predict");
    }
  }

  /** Total number of tokens. */
  public int length() {
    return prompt.length + response.length;
  }

  /** The token at a place, prompt first. */
  public int token(int place) {
    return place < prompt.length ? prompt[place] : response[place - prompt.length];
  }
}
