package io.tailwalk.runs.sample;

import io.tailwalk.records.PromptLayout;
import io.tailwalk.records.PromptReader;
import io.tailwalk.records.input.Input;
import io.tailwalk.runs.models.ChatTurns;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of prompts and how prompts are made from their rows.
 *
 * @param inputs the files, at least one
 * @param layout makes the prompts
 */
public record PromptFiles(List<Input> inputs, PromptLayout layout) {
  /** Keeps an immutable copy. */
  public PromptFiles {
    inputs = List.copyOf(inputs);
  }

  /**
   * Reads the prompts, in order; rows are not kept.
   *
   * @throws io.tailwalk.records.TableException if a file cannot be read
   */
  public List<PromptJob> jobs() {
    List<PromptJob> jobs = new ArrayList<>();
    PromptReader.forEach(
        inputs, layout, row -> jobs.add(new PromptJob(jobs.size(), row.id(), row.prompt())));
    return List.copyOf(jobs);
  }

  /** These files with prompts that become turns of a chat. */
  public PromptFiles with(ChatTurns turns) {
    return new PromptFiles(inputs, turns.over(layout));
  }

  /** The names of the files, for messages. */
  @Override
  public String toString() {
    return String.join(", ", inputs.stream().map(Input::toString).toList());
  }
}
