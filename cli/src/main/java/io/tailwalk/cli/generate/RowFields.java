package io.tailwalk.cli.generate;

import io.tailwalk.cli.InputException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.tables.PromptRow;
import io.tailwalk.verifiers.spec.PromptFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields beside the prompts of a file, for verifiers that take {@code @field}. */
final class RowFields implements PromptFields {
  private final Map<Prompt, ObjectNode> rows;

  private RowFields(Map<Prompt, ObjectNode> rows) {
    this.rows = rows;
  }

  /** Of a file's rows. */
  static RowFields of(List<PromptRow> rows) {
    List<PromptJob> jobs = PromptJob.of(rows);
    var byPrompt = new HashMap<Prompt, ObjectNode>();
    for (int i = 0; i < rows.size(); i++) {
      byPrompt.merge(jobs.get(i).prompt(), rows.get(i).raw(), RowFields::one);
    }
    return new RowFields(byPrompt);
  }

  /**
   * Verifiers know rows by their prompts, so that two rows of one prompt must say the same; else
   * none.
   */
  private static ObjectNode one(ObjectNode first, ObjectNode second) {
    ObjectNode left = first.deepCopy().without(List.of("id", "task_id"));
    ObjectNode right = second.deepCopy().without(List.of("id", "task_id"));
    return left.equals(right) ? first : first.objectNode();
  }

  @Override
  public Optional<String> value(Prompt prompt, String field) {
    ObjectNode row = rows.get(prompt);
    if (row == null) {
      return Optional.empty();
    }
    if (row.isEmpty()) {
      throw new InputException(
          "two rows of --prompts have the same prompt and different fields; make them one");
    }
    JsonNode value = row.get(field);
    return value == null || !(value.isString() || value.isNumber())
        ? Optional.empty()
        : Optional.of(value.asString());
  }
}
