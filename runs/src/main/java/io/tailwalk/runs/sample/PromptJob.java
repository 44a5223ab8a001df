package io.tailwalk.runs.sample;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.PromptRow;
import java.util.ArrayList;
import java.util.List;

/**
 * One prompt to be answered.
 *
 * @param number position in the input, from 0
 * @param id id of the prompt
 * @param prompt the prompt
 */
public record PromptJob(long number, String id, Prompt prompt) {

  /** The prompts of a file, in order. */
  public static List<PromptJob> of(List<PromptRow> rows) {
    List<PromptJob> jobs = new ArrayList<>();
    for (PromptRow row : rows) {
      jobs.add(new PromptJob(jobs.size(), row.id(), row.prompt()));
    }
    return List.copyOf(jobs);
  }
}
