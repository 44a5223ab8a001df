package io.tailwalk.runs.sample;

import io.tailwalk.core.HeapAdvice;
import io.tailwalk.core.Plural;
import io.tailwalk.report.Numbers;
import io.tailwalk.runs.work.RunState;
import java.util.Optional;

/**
 * The outcome of a run of {@code generate}.
 *
 * @param state state of the run
 * @param prompts number of prompts requested
 * @param kept prompts that are safely in the file; without a file, the prompts answered by this run
 * @param answered prompts answered by this run
 * @param completions completions drawn by this run
 * @param withoutCompletion prompts answered by this run without a completion that passes
 * @param impossible those of them for which it is known that no completion can pass
 * @param outOfMemory those of them whose tree filled its memory
 * @param modelTokens model tokens used by this run
 * @param millis sum of the times of the prompts answered by this run, milliseconds
 * @param replayed whether a page with the recorded walk was written
 */
public record GenerateOutcome(
    RunState state,
    int prompts,
    int kept,
    long answered,
    long completions,
    long withoutCompletion,
    long impossible,
    long outOfMemory,
    long modelTokens,
    long millis,
    boolean replayed) {

  /** The counts of this run in one line. */
  public String summary() {
    return Plural.of(completions, "completion")
        + " of "
        + Plural.of(answered, "prompt")
        + ", "
        + Plural.of(modelTokens, "model token")
        + ", "
        + Numbers.count(millis)
        + " ms";
  }

  /** What helps prompts without a completion whose trees filled their memory; empty if none did. */
  public Optional<String> memoryAdvice() {
    return outOfMemory == 0 ? Optional.empty() : Optional.of(HeapAdvice.larger());
  }

  /** A number of prompts out of all, such as {@code 3 of 5 prompts}. */
  public String ofPrompts(long number) {
    return number + " of " + Plural.of(prompts, "prompt");
  }
}
