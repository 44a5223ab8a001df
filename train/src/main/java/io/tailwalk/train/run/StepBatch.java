package io.tailwalk.train.run;

import io.tailwalk.train.model.TokenBatch;
import java.util.List;
import java.util.Optional;

/**
 * What one step learns from: the loss is the weighted sum of negative log-probabilities of all
 * parts, times {@code scale}.
 *
 * @param parts at least one; each is one forward pass
 * @param scale finite, at least 0
 * @param tokens predicted tokens, for the report
 * @param drawn the responses drawn for the step; empty if none were
 */
public record StepBatch(
    List<TokenBatch> parts, double scale, int tokens, Optional<DrawnRewards> drawn) {
  /** Keeps a copy. */
  public StepBatch {
    parts = List.copyOf(parts);
  }
}
