package io.tailwalk.runs.sample;

import io.tailwalk.core.Plural;
import io.tailwalk.report.Numbers;
import io.tailwalk.runs.work.RunState;

/**
 * What a run of {@code generate} left.
 *
 * @param state how far it came
 * @param prompts asked for
 * @param kept prompts that are safely in the file; those answered now where there is no file
 * @param answered prompts answered now
 * @param completions drawn now
 * @param withoutCompletion prompts answered now without any completion that passes
 * @param modelTokens used now
 * @param millis sum over the prompts answered now of the time each took, milliseconds
 * @param replayed whether a page with the recorded walk was written
 */
public record GenerateOutcome(
    RunState state,
    int prompts,
    int kept,
    long answered,
    long completions,
    long withoutCompletion,
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

  /** A number of prompts of all, such as {@code 3 of 5 prompts}. */
  public String ofPrompts(long number) {
    return number + " of " + Plural.of(prompts, "prompt");
  }
}
