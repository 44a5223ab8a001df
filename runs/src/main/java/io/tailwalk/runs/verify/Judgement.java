package io.tailwalk.runs.verify;

import io.tailwalk.records.Json;
import io.tailwalk.records.JsonText;

/**
 * The verdict on one response.
 *
 * @param id name of the response
 * @param reward the reward, at least 0; 1 or 0 for a check that passes or fails
 * @param passed whether the reward reaches the threshold
 * @param reason why a response that does not pass fails, in one line of at most {@value
 *     Judge#REASON} characters; empty if it passes or no reason is known
 */
public record Judgement(String id, double reward, boolean passed, String reason) {
  /** The JSON of the verdict in one line. */
  public String line() {
    return JsonText.line(Json.of(this));
  }
}
