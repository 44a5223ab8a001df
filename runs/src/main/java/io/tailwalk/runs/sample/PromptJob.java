package io.tailwalk.runs.sample;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.runs.models.ChatTurns;

/**
 * One prompt to be answered.
 *
 * @param number position in the input, from 0
 * @param id id of the prompt
 * @param prompt the prompt
 */
public record PromptJob(long number, String id, Prompt prompt) {
  /**
   * This prompt as a turn of a chat.
   *
   * @throws io.tailwalk.runs.work.InputException if the turns do not apply to it
   */
  public PromptJob with(ChatTurns turns) {
    return new PromptJob(number, id, turns.of(prompt, () -> "prompt " + id));
  }
}
