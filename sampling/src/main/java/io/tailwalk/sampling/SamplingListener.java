package io.tailwalk.sampling;

import io.tailwalk.core.cost.Cost;
import java.util.Optional;

/** Listens to a run in progress; called on the thread of the run between model batches. */
public interface SamplingListener {

  /** Ignores everything and never cancels. */
  SamplingListener NONE = new SamplingListener() {};

  /** The cost so far. */
  default void onProgress(Cost cost) {}

  /**
   * A completion with positive reward was seen (from a sampler that filters nothing: any
   * completion); it may be reported again and need not be among the draws.
   */
  default void onCompletion(Completion completion) {}

  /**
   * The listener of every step, for samplers that make tours; requested once, before the first
   * tour.
   */
  default Optional<WalkTrace> trace() {
    return Optional.empty();
  }

  /** Whether the run should end now with its partial result. */
  default boolean cancelled() {
    return false;
  }
}
