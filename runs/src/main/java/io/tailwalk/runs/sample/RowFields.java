package io.tailwalk.runs.sample;

import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.PromptRow;
import io.tailwalk.verifiers.spec.PromptFields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The additional fields of the rows of a prompt file, for verifiers that accept {@code @field}. */
public final class RowFields implements PromptFields {
  /** For requests without a file: no prompt has a field. */
  public static final PromptFields NO_FILE = new NoFile();

  private final Path file;
  private final List<PromptRow> rows;
  private final Map<Prompt, ObjectNode> byPrompt = new HashMap<>();

  private RowFields(Path file, List<PromptRow> rows) {
    this.file = file;
    this.rows = rows;
    List<PromptJob> jobs = PromptJob.of(rows);
    for (int i = 0; i < rows.size(); i++) {
      byPrompt.putIfAbsent(jobs.get(i).prompt(), rows.get(i).raw());
    }
  }

  /** Returns the fields of a file's rows. */
  public static RowFields of(Path file, List<PromptRow> rows) {
    return new RowFields(file, rows);
  }

  @Override
  public void require(String kind, String given) {
    if (!given.startsWith("@")) {
      return;
    }
    String field = given.substring(1);
    List<PromptJob> jobs = PromptJob.of(rows);
    for (int i = 0; i < rows.size(); i++) {
      ObjectNode row = rows.get(i).raw();
      Optional<String> text = text(row, field);
      if (text.isEmpty()) {
        throw new IllegalArgumentException(
            "%s: the row \"%s\" has no text or number \"%s\", which %s reads from %s; add it (rows with a \"task_id\" may contain it)"
                .formatted(file, rows.get(i).id(), field, kind, given));
      }
      // Verifiers identify rows by their prompts.
      if (!text.equals(text(byPrompt.getOrDefault(jobs.get(i).prompt(), row), field))) {
        throw new IllegalArgumentException(
            "%s: the row \"%s\" has the prompt of an earlier row but a different \"%s\"; make the two the same"
                .formatted(file, rows.get(i).id(), field));
      }
    }
  }

  @Override
  public Optional<String> value(Prompt prompt, String field) {
    return Optional.ofNullable(byPrompt.get(prompt)).flatMap(row -> text(row, field));
  }

  @Override
  public Optional<String> hash(String field) {
    List<String> texts = new ArrayList<>();
    for (PromptRow row : rows) {
      texts.add(row.id());
      texts.add(text(row.raw(), field).map(text -> "=" + text).orElse(""));
    }
    return Optional.of(Sha256.hex(texts));
  }

  private static Optional<String> text(ObjectNode row, String field) {
    JsonNode value = row.get(field);
    return value == null || !(value.isString() || value.isNumber())
        ? Optional.empty()
        : Optional.of(value.asString());
  }

  private record NoFile() implements PromptFields {
    @Override
    public void require(String kind, String given) {
      if (given.startsWith("@")) {
        throw new IllegalArgumentException(
            "%s: %s refers to a field of the prompts' rows; give a file of prompts, or the text itself"
                .formatted(kind, given));
      }
    }

    @Override
    public Optional<String> value(Prompt prompt, String field) {
      return Optional.empty();
    }
  }
}
