package io.tailwalk.records;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.input.Exchange;
import java.util.Map;

/** How the prompt is made from the fields of a row. */
@FunctionalInterface
public interface PromptLayout {
  /** Any of the forms of {@link Exchange}; a response in the row is not part of the prompt. */
  PromptLayout ANY = row -> Exchange.of(row).prompt();

  /**
   * The prompt of a row.
   *
   * @throws TableException that names file, row and fix if the row has none
   */
  Prompt prompt(JsonRow row);

  /**
   * Fields to be added to the row for verifiers.
   *
   * @throws TableException that names file, row and fix if the row lacks what they are made from
   */
  default Map<String, String> fields(JsonRow row) {
    return Map.of();
  }
}
