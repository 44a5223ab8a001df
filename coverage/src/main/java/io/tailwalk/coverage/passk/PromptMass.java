package io.tailwalk.coverage.passk;

import io.tailwalk.coverage.CoverageException;

/**
 * What is known of one prompt's success probability Z, the probability that one draw of the model
 * passes.
 *
 * @param promptId the prompt
 * @param value the estimate, in [0, 1]
 * @param low lower end of its interval
 * @param high upper end
 */
public record PromptMass(String promptId, double value, double low, double high) {
  /** Checks the order and the range. */
  public PromptMass {
    if (!(0 <= low && low <= value && value <= high && high <= 1)) {
      throw new CoverageException(
          "prompt %s has success probability %s [%s, %s]; it must lie in [0, 1], in order"
              .formatted(promptId, value, low, high));
    }
  }

  /** From an estimate that may overshoot [0, 1] at either end. */
  public static PromptMass clamped(String promptId, double value, double low, double high) {
    double middle = Math.clamp(value, 0.0, 1.0);
    return new PromptMass(
        promptId, middle, Math.clamp(low, 0.0, middle), Math.clamp(high, middle, 1.0));
  }
}
