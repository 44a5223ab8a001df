package io.tailwalk.sampling;

import io.tailwalk.core.cost.Cost;
import java.util.Optional;

/** Hears of a run while it goes on; called on the run's own thread between model batches. */
public interface SamplingListener {

  /** Hears nothing and never cancels. */
  SamplingListener NONE = new SamplingListener() {};

  /** The cost so far. */
  default void onProgress(Cost cost) {}

  /**
   * A completion with positive reward was seen (from a sampler that filters nothing: any
   * completion); it may be seen again, and need not be among the draws.
   */
  default void onCompletion(Completion completion) {}

  /** What hears of every step, where the sampler makes tours; asked once, as they begin. */
  default Optional<WalkTrace> trace() {
    return Optional.empty();
  }

  /** Whether the run should end now with what it has. */
  default boolean cancelled() {
    return false;
  }
}
