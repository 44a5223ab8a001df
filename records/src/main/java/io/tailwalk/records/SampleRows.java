package io.tailwalk.records;

import io.tailwalk.core.verify.TargetDistribution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Samples as JSON lines. Names are in snake case and in a fixed order, {@code wall_ms} last;
 * doubles are read back bit for bit, with NaN and infinities as specified by {@link Doubles}.
 */
public final class SampleRows {
  private static final String TARGET = "target_distribution";
  private static final String TARGET_UNTIL_0_1 = "target_law";
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "prompt",
          "prompt_token_ids",
          "completion",
          "completion_token_ids",
          "log_prob",
          "logprobs",
          "reward",
          "weight",
          "finish_reason",
          "sampler",
          TARGET,
          TARGET_UNTIL_0_1,
          "params",
          "seed",
          "usage",
          "wall_ms");
  private static final Set<String> USAGE_FIELDS =
      Set.of(
          "prompt_tokens",
          "completion_tokens",
          "discarded_tokens",
          "cached_tokens",
          "verifier_calls");

  private SampleRows() {}

  /**
   * Reads a complete file.
   *
   * @param file JSON lines
   * @return at least one row
   * @throws TableException that names file, row and fix if a row is invalid
   */
  public static List<SampleRow> read(Path file) {
    List<SampleRow> rows = new ArrayList<>();
    JsonLines.forEach(file, row -> rows.add(row.build(() -> sample(row))));
    return List.copyOf(rows);
  }

  /**
   * Writes a complete file, or none.
   *
   * @param file replaced if it exists
   * @param rows in the order of the file
   * @throws TableException if the place cannot be written
   */
  public static void write(Path file, Iterable<SampleRow> rows) {
    AtomicFiles.write(
        file,
        out -> {
          for (SampleRow row : rows) {
            out.write(line(row));
            out.write('\n');
          }
        });
  }

  /**
   * One sample as a line of a file.
   *
   * @param row a sample
   * @return its JSON on one line, without a line break
   */
  public static String line(SampleRow row) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", row.id());
    json.put("prompt", row.prompt().text());
    json.set("prompt_token_ids", ids(row.prompt()));
    json.put("completion", row.completion().text());
    json.set("completion_token_ids", ids(row.completion()));
    json.set("log_prob", Doubles.json(row.score().logProb()));
    ArrayNode logProbs = json.putArray("logprobs");
    row.score().logProbs().forEach(value -> logProbs.add(Doubles.json(value)));
    json.set("reward", Doubles.json(row.score().reward()));
    json.set("weight", Doubles.json(row.score().weight()));
    json.put("finish_reason", row.origin().finishReason());
    json.put("sampler", row.origin().sampler());
    json.put(TARGET, row.origin().targetDistribution().wireName());
    json.set("params", settings(row.origin().params()));
    json.put("seed", row.origin().seed());
    json.set("usage", usage(row.usage()));
    json.put("wall_ms", row.wallMillis());
    return JsonText.line(json);
  }

  /** Settings as a JSON object, in the map's order. */
  static ObjectNode settings(SortedMap<String, Object> settings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    settings.forEach((name, value) -> {
      switch (value) {
        case Boolean b -> json.put(name, b);
        case Long n -> json.put(name, n);
        case Double n -> json.put(name, n);
        default -> json.put(name, value.toString());
      }
    });
    return json;
  }

  /** Settings from a JSON object. */
  static SortedMap<String, Object> settings(JsonRow row) {
    SortedMap<String, Object> settings = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : row.object().properties()) {
      JsonNode value = entry.getValue();
      if (value.isString()) {
        settings.put(entry.getKey(), value.stringValue());
      } else if (value.isBoolean()) {
        settings.put(entry.getKey(), value.booleanValue());
      } else if (value.isIntegralNumber()) {
        settings.put(entry.getKey(), row.integer(entry.getKey()));
      } else if (value.isNumber()) {
        settings.put(entry.getKey(), row.number(entry.getKey()));
      } else {
        throw row.error(
            "the setting " + TableException.quoted(entry.getKey()) + " is " + JsonRow.kind(value),
            "give text, a number, true or false");
      }
    }
    return settings;
  }

  private static ArrayNode ids(TokenText text) {
    ArrayNode ids = JsonNodeFactory.instance.arrayNode();
    text.tokenIds().forEach(id -> ids.add(id.intValue()));
    return ids;
  }

  private static ObjectNode usage(SampleUsage usage) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("prompt_tokens", usage.promptTokens());
    json.put("completion_tokens", usage.completionTokens());
    json.put("discarded_tokens", usage.discardedTokens());
    json.put("cached_tokens", usage.cachedTokens());
    json.put("verifier_calls", usage.verifierCalls());
    return json;
  }

  private static SampleRow sample(JsonRow row) {
    row.allowOnly(FIELDS);
    return new SampleRow(
        row.name("id"),
        new TokenText(row.string("prompt"), row.ids("prompt_token_ids")),
        new TokenText(row.string("completion"), row.ids("completion_token_ids")),
        new SampleScore(
            row.number("log_prob"),
            row.numbers("logprobs"),
            row.number("reward"),
            row.number("weight")),
        new SampleOrigin(
            row.string("sampler"),
            target(row),
            settings(row.child("params")),
            row.integer("seed"),
            row.string("finish_reason")),
        usage(row.child("usage")),
        row.has("wall_ms") ? row.integer("wall_ms") : null);
  }

  private static TargetDistribution target(JsonRow row) {
    String field = row.has(TARGET_UNTIL_0_1) && !row.has(TARGET) ? TARGET_UNTIL_0_1 : TARGET;
    String name = row.string(field);
    return TargetDistribution.of(name)
        .orElseThrow(() ->
            row.error(
                "the field \"" + field + "\" is " + TableException.quoted(name),
                "give \"exact\", \"exact in the limit\" or \"biased\""));
  }

  private static SampleUsage usage(JsonRow row) {
    row.allowOnly(USAGE_FIELDS);
    return new SampleUsage(
        row.integer("prompt_tokens"),
        row.integer("completion_tokens"),
        row.integer("discarded_tokens"),
        row.integer("cached_tokens"),
        row.integer("verifier_calls"));
  }
}
