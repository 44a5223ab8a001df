package io.tailwalk.records;

import org.jspecify.annotations.Nullable;

/**
 * One completion with all data needed to assess it; one line of a samples file. {@link SampleRows}
 * has the names of the fields.
 *
 * @param id of the prompt
 * @param prompt the text that the model continued, including the template
 * @param completion the generated text
 * @param wellFormed whether its bytes are well-formed UTF-8; otherwise the text has U+FFFD instead
 * @param score its reward and log-probabilities
 * @param origin its origin
 * @param usage its cost
 * @param wallMillis time the prompt took, milliseconds; null if it was not stored, because it is
 *     the only field that differs between runs
 */
public record SampleRow(
    String id,
    TokenText prompt,
    TokenText completion,
    boolean wellFormed,
    SampleScore score,
    SampleOrigin origin,
    SampleUsage usage,
    @Nullable Long wallMillis) {
  /** Refuses an empty id, a negative time, and per-token log-probabilities out of step. */
  public SampleRow {
    if (id.isBlank()) {
      throw new IllegalArgumentException("id is empty");
    }
    if (wallMillis != null && wallMillis < 0) {
      throw new IllegalArgumentException("wall_ms is " + wallMillis + ", less than 0");
    }
    int perToken = score.logProbs().size();
    int tokens = completion.tokenIds().size();
    if (perToken > 0 && tokens > 0 && perToken != tokens) {
      throw new IllegalArgumentException(
          "logprobs has " + perToken + " entries for " + tokens + " completion tokens");
    }
  }

  /** A completion of well-formed UTF-8. */
  public SampleRow(
      String id,
      TokenText prompt,
      TokenText completion,
      SampleScore score,
      SampleOrigin origin,
      SampleUsage usage,
      @Nullable Long wallMillis) {
    this(id, prompt, completion, true, score, origin, usage, wallMillis);
  }
}
