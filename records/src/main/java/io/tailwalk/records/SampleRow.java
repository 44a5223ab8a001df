package io.tailwalk.records;

import org.jspecify.annotations.Nullable;

/**
 * One completion with everything that is needed to judge it; one line of a samples file. {@link
 * SampleRows} has the names on the wire.
 *
 * @param id of the prompt
 * @param prompt what the model went on from, template included
 * @param completion what it said
 * @param score what it is worth
 * @param origin how it came about
 * @param usage what it cost
 * @param wallMillis time the prompt took, milliseconds; null where it was not kept, since it is the
 *     only field that differs from run to run
 */
public record SampleRow(
    String id,
    TokenText prompt,
    TokenText completion,
    SampleScore score,
    SampleOrigin origin,
    SampleUsage usage,
    @Nullable Long wallMillis) {
  /** Refuses a blank id, a negative time, and per-token log-probabilities out of step. */
  public SampleRow {
    if (id.isBlank()) {
      throw new IllegalArgumentException("id is blank");
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
}
