package io.tailwalk.runs.sample;

import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.PromptReader;
import io.tailwalk.records.PromptRow;
import io.tailwalk.verifiers.spec.PromptFields;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The further fields of the rows of prompt files, for verifiers that accept {@code @field}. Only
 * fields that a verifier requires are read and kept.
 */
public final class RowFields implements PromptFields {
  /** For requests without a file: no prompt has a field. */
  public static final PromptFields NO_FILE = new NoFile();

  private final PromptFiles files;
  private final Map<String, Map<Prompt, String>> byField = new ConcurrentHashMap<>();

  /** The fields of the rows of files. */
  public RowFields(PromptFiles files) {
    this.files = files;
  }

  @Override
  public void require(String kind, String given) {
    if (given.startsWith("@")) {
      String field = given.substring(1);
      Map<Prompt, String> values = new HashMap<>();
      PromptReader.forEach(
          files.inputs(), files.layout(), row -> add(values, row, kind, given, field));
      byField.put(field, values);
    }
  }

  private void add(
      Map<Prompt, String> values, PromptRow row, String kind, String given, String field) {
    String text =
        text(row.raw(), field)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "%s: the row \"%s\" has no text or number \"%s\", which %s reads from %s; add it"
                        .formatted(files, row.id(), field, kind, given)));
    String before = values.putIfAbsent(row.prompt(), text);
    // Verifiers identify rows by their prompts.
    if (before != null && !before.equals(text)) {
      throw new IllegalArgumentException(
          "%s: the row \"%s\" has the prompt of an earlier row but a different \"%s\"; make the two the same"
              .formatted(files, row.id(), field));
    }
  }

  @Override
  public Optional<String> value(Prompt prompt, String field) {
    return Optional.ofNullable(byField.getOrDefault(field, Map.of()).get(prompt));
  }

  @Override
  public String place(String field) {
    return "the field \"" + field + "\" of " + files;
  }

  @Override
  public Optional<String> hash(String field) {
    Sha256.Sequence texts = new Sha256.Sequence();
    PromptReader.forEach(
        files.inputs(),
        files.layout(),
        row -> texts.add(row.id()).add(text(row.raw(), field).map(text -> "=" + text).orElse("")));
    return Optional.of(texts.hex());
  }

  /** The text or number of a field of a row; a list of texts has one on each line. */
  public static Optional<String> text(ObjectNode row, String field) {
    JsonNode value = row.get(field);
    if (value != null && value.isArray() && !value.isEmpty()) {
      return value.valueStream().allMatch(JsonNode::isString)
          ? Optional.of(
              value.valueStream().map(JsonNode::stringValue).collect(Collectors.joining("\n")))
          : Optional.empty();
    }
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
