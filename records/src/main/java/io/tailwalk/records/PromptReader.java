package io.tailwalk.records;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads prompts from files of any format, in the forms of {@link
 * io.tailwalk.records.input.Exchange} or by the layout of a task. {@code task_id} or {@code id}
 * names the prompt, otherwise the row's number. Further fields are kept for verifiers.
 */
public final class PromptReader {
  private static final int FILE_SHIFT = 40;

  private PromptReader() {}

  /**
   * Reads a complete file.
   *
   * @return at least one row, ids unique
   * @throws TableException that names file, row and fix if a row is invalid
   */
  public static List<PromptRow> read(Path file) {
    List<PromptRow> prompts = new ArrayList<>();
    forEach(List.of(Input.of(file)), PromptLayout.ANY, prompts::add);
    return List.copyOf(prompts);
  }

  /**
   * Passes every prompt of the files, in order, with one row in memory at a time. Where there are
   * several files, rows without an id are named by file and row.
   *
   * @throws TableException that names file, row and fix if a row is invalid, or an id occurs twice
   */
  public static void forEach(List<Input> inputs, PromptLayout layout, Consumer<PromptRow> prompts) {
    // Row numbers, shifted by the number of the file.
    Map<String, Long> seen = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      Input input = inputs.get(i);
      long file = (long) i << FILE_SHIFT;
      Rows.forEach(
          input,
          row -> {
            PromptRow prompt = prompt(row, layout, inputs.size() > 1 ? input.stem() + "/" : "");
            Long before = seen.putIfAbsent(prompt.id(), file | row.number());
            if (before != null) {
              throw twice(inputs, row, prompt.id(), before);
            }
            prompts.accept(prompt);
          });
    }
  }

  private static TableException twice(List<Input> inputs, JsonRow row, String id, long before) {
    Input file = inputs.get((int) (before >> FILE_SHIFT));
    return row.error(
        "the id %s is already in row %d%s"
            .formatted(
                TableException.quoted(id),
                before & ((1L << FILE_SHIFT) - 1),
                file.name().equals(row.file()) ? "" : " of " + file),
        "give each prompt a unique id");
  }

  private static PromptRow prompt(JsonRow row, PromptLayout layout, String prefix) {
    String id = id(row, prefix);
    Prompt prompt = layout.prompt(row);
    Map<String, String> fields = layout.fields(row);
    if (fields.isEmpty()) {
      return new PromptRow(id, prompt, row.object());
    }
    ObjectNode more = row.object().deepCopy();
    fields.forEach(more::put);
    return new PromptRow(id, prompt, more);
  }

  private static String id(JsonRow row, String prefix) {
    for (String field : new String[] {"task_id", "id"}) {
      if (row.has(field)) {
        return row.name(field);
      }
    }
    return prefix + row.number();
  }
}
