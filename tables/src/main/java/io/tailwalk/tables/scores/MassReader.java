package io.tailwalk.tables.scores;

import io.tailwalk.tables.JsonText;
import io.tailwalk.tables.TableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the success probabilities of prompts from the record beside a samples file: {@code
 * a.run.json} of {@code a.jsonl}.
 */
public final class MassReader {
  private MassReader() {}

  /**
   * One prompt's mass.
   *
   * @param promptId the prompt
   * @param value the estimate
   * @param low lower end of its interval
   * @param high upper end, infinite where nothing is known from above
   */
  public record Mass(String promptId, double value, double low, double high) {}

  /**
   * The masses; empty if there is no record or it lacks the mass of a prompt.
   *
   * @throws TableException if the record is there and cannot be read
   */
  public static Optional<List<Mass>> beside(Path samples) {
    String name = String.valueOf(samples.getFileName()).replaceFirst("\\.jsonl$", "");
    Path record = samples.resolveSibling(name + ".run.json");
    if (!Files.isRegularFile(record)) {
      return Optional.empty();
    }
    try {
      return read(JsonText.parse(Files.readString(record)));
    } catch (IOException | JacksonException e) {
      throw new TableException(record + ": not a readable run record; make it anew.", e);
    }
  }

  private static Optional<List<Mass>> read(JsonNode record) {
    List<Mass> masses = new ArrayList<>();
    for (JsonNode prompt : record.path("prompts")) {
      JsonNode mass = prompt.path("success_probability");
      if (!prompt.path("id").isString() || !mass.path("value").isNumber()) {
        return Optional.empty();
      }
      double value = mass.get("value").doubleValue();
      double high = mass.path("high").asDouble(Double.POSITIVE_INFINITY);
      double low = mass.path("low").asDouble(0.0);
      masses.add(new Mass(prompt.get("id").stringValue(), value, low, high));
    }
    return masses.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(masses));
  }
}
