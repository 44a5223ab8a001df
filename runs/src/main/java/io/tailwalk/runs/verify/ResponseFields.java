package io.tailwalk.runs.verify;

import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.JsonRow;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Rows;
import io.tailwalk.records.scores.GivenResponse;
import io.tailwalk.runs.sample.RowFields;
import io.tailwalk.verifiers.spec.PromptFields;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The further fields of the rows of responses, for verifiers that accept {@code @field}. Prompts do
 * not tell rows apart here, since many responses answer one prompt: the row is that of the response
 * that is being judged.
 */
final class ResponseFields implements PromptFields {
  private record Place(Path file, long row) {}

  private final List<Input> inputs;
  private final Map<String, Map<Place, String>> byField = new HashMap<>();
  private @Nullable Place current;

  ResponseFields(List<Input> inputs) {
    this.inputs = List.copyOf(inputs);
  }

  /** Whether a verifier reads a field, so that responses are judged one at a time. */
  boolean areRead() {
    return !byField.isEmpty();
  }

  /** Turns to the row of a response. */
  void at(GivenResponse response) {
    current = new Place(response.file(), response.row());
  }

  @Override
  public void require(String kind, String given) {
    if (!given.startsWith("@")) {
      return;
    }
    String field = given.substring(1);
    Map<Place, String> texts = new HashMap<>();
    for (Input input : inputs) {
      Rows.forEach(input, row -> texts.put(place(row), text(row, kind, given, field)));
    }
    byField.put(field, texts);
  }

  private static Place place(JsonRow row) {
    return new Place(row.file(), row.number());
  }

  private static String text(JsonRow row, String kind, String given, String field) {
    return RowFields.text(row.object(), field)
        .orElseThrow(() ->
            row.error(
                "there is no text or number \"" + field + "\"",
                "%s reads it from %s; add it".formatted(kind, given)));
  }

  @Override
  public Optional<String> value(Prompt prompt, String field) {
    Map<Place, String> texts = byField.getOrDefault(field, Map.of());
    return current == null ? Optional.empty() : Optional.ofNullable(texts.get(current));
  }

  @Override
  public Optional<String> hash(String field) {
    Sha256.Sequence texts = new Sha256.Sequence();
    for (Input input : inputs) {
      Rows.forEach(
          input,
          row -> texts.add(RowFields.text(row.object(), field).map(text -> "=" + text).orElse("")));
    }
    return Optional.of(texts.hex());
  }
}
