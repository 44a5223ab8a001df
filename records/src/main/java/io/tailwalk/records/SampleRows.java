package io.tailwalk.records;

import io.tailwalk.core.verify.TargetDistribution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Samples as JSON lines. Names are in snake case and in a fixed order, {@code wall_ms} last;
 * doubles are read back bit for bit, with NaN and infinities as specified by {@link Doubles}.
 */
public final class SampleRows {
  private static final String TARGET = "target_distribution";
  private static final String TARGET_UNTIL_0_1 = "target_law";
  private static final String WELL_FORMED = "well_formed";
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "prompt",
          "prompt_token_ids",
          "completion",
          "completion_token_ids",
          WELL_FORMED,
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
          "verifier_calls",
          "reasoning_tokens");

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
    JsonNode json = Json.of(Form.of(row));
    if (!row.wellFormed() && json instanceof ObjectNode object) {
      object.put(WELL_FORMED, false);
    }
    return JsonText.line(json);
  }

  private record Form(
      String id,
      String prompt,
      List<Integer> promptTokenIds,
      String completion,
      List<Integer> completionTokenIds,
      double logProb,
      List<Double> logprobs,
      double reward,
      double weight,
      String finishReason,
      String sampler,
      TargetDistribution targetDistribution,
      SortedMap<String, Object> params,
      long seed,
      SampleUsage usage,
      @Nullable Long wallMs) {
    static Form of(SampleRow row) {
      return new Form(
          row.id(),
          row.prompt().text(),
          row.prompt().tokenIds(),
          row.completion().text(),
          row.completion().tokenIds(),
          row.score().logProb(),
          row.score().logProbs(),
          row.score().reward(),
          row.score().weight(),
          row.origin().finishReason(),
          row.origin().sampler(),
          row.origin().targetDistribution(),
          row.origin().params(),
          row.origin().seed(),
          row.usage(),
          row.wallMillis());
    }
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

  private static SampleRow sample(JsonRow row) {
    row.allowOnly(FIELDS);
    return new SampleRow(
        row.name("id"),
        new TokenText(row.string("prompt"), row.ids("prompt_token_ids")),
        new TokenText(row.string("completion"), row.ids("completion_token_ids")),
        isWellFormed(row),
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

  private static boolean isWellFormed(JsonRow row) {
    JsonNode value = row.object().get(WELL_FORMED);
    if (value != null && !value.isBoolean()) {
      throw row.error(
          "the field \"" + WELL_FORMED + "\" is " + JsonRow.kind(value), "give true or false");
    }
    return value == null || value.booleanValue();
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
        row.integer("verifier_calls"),
        row.has("reasoning_tokens") ? row.integer("reasoning_tokens") : null);
  }
}
