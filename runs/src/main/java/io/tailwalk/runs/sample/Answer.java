package io.tailwalk.runs.sample;

import io.tailwalk.records.SampleRow;
import io.tailwalk.records.SampleRows;
import java.util.List;

/**
 * The answer to one prompt, in the forms in which it is shown.
 *
 * @param result the completions and their cost
 * @param rows one a completion
 * @param transcript lines for people
 */
public record Answer(PromptResult result, List<SampleRow> rows, List<String> transcript) {
  /** Keeps immutable copies. */
  public Answer {
    rows = List.copyOf(rows);
    transcript = List.copyOf(transcript);
  }

  /** One line of JSON a completion, as in a samples file. */
  public List<String> json() {
    return rows.stream().map(SampleRows::line).toList();
  }
}
