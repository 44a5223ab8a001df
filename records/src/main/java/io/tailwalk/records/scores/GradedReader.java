package io.tailwalk.records.scores;

import io.tailwalk.records.JsonLines;
import io.tailwalk.records.JsonRow;
import io.tailwalk.records.TableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Reads graded samples, one JSON object per line: this project's samples ({@code id}, {@code
 * reward}, {@code log_prob}; correct if the reward is at least 1), or {@code {"task_id",
 * "completion", "passed"}}. All samples of a prompt are kept: estimates need every one.
 */
public final class GradedReader {
  private static final String PLAIN_SAMPLER = "ancestral";

  private GradedReader() {}

  /**
   * Reads a complete file.
   *
   * @throws TableException that names file, row and fix if a row is invalid
   */
  public static List<GradedSample> read(Path file) {
    List<GradedSample> samples = new ArrayList<>();
    JsonLines.forEach(file, row -> samples.add(sample(row)));
    return List.copyOf(samples);
  }

  private static GradedSample sample(JsonRow row) {
    if (row.has("task_id")) {
      boolean passed = passed(row);
      return new GradedSample(row.name("task_id"), passed, Double.NaN, passed ? 1 : 0, true);
    }
    double reward = row.number("reward");
    if (Double.isNaN(reward)) {
      throw row.error(
          "the sample has no \"reward\"", "grade it, or give \"task_id\" and \"passed\"");
    }
    boolean plain = !row.has("sampler") || row.string("sampler").equals(PLAIN_SAMPLER);
    double score = row.has("log_prob") ? row.number("log_prob") : Double.NaN;
    return new GradedSample(row.name("id"), reward >= 1, score, reward, plain);
  }

  private static boolean passed(JsonRow row) {
    JsonNode node = row.object().get("passed");
    if (node == null || !node.isBoolean()) {
      throw row.error(
          "\"passed\" is " + (node == null ? "missing" : JsonRow.kind(node)), "give true or false");
    }
    return node.booleanValue();
  }
}
