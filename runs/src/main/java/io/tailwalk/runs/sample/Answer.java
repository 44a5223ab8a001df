package io.tailwalk.runs.sample;

import io.tailwalk.records.SampleRow;
import io.tailwalk.records.SampleRows;
import java.util.List;

/**
 * The answer to one prompt, in all its forms.
 *
 * @param result the completions and their cost
 * @param rows rows of a samples file, one per completion
 * @param transcript lines of text
 */
public record Answer(PromptResult result, List<SampleRow> rows, List<String> transcript) {
  /** Keeps immutable copies. */
  public Answer {
    rows = List.copyOf(rows);
    transcript = List.copyOf(transcript);
  }

  /** The completions as JSON, one line per completion, as in a samples file. */
  public List<String> json() {
    return rows.stream().map(SampleRows::line).toList();
  }
}
