package io.tailwalk.cli.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Differences of two runs where pass@k cannot be counted, and beside it. */
class PasskContrastTest {
  private static final int TASKS = 60;

  @TempDir private Path folder;

  /** Rollouts with graded rewards, higher by so much on average, and by a little less or more. */
  private String rollouts(String name, double more) throws IOException {
    var rows = new StringBuilder();
    for (int task = 0; task < TASKS; task++) {
      for (int sample = 0; sample < 4; sample++) {
        rows.append(
            "{\"input\": \"q%d\", \"output\": \"%d\", \"reward\": %s}%n"
                .formatted(
                    task,
                    sample % 2,
                    0.1 * sample + 0.01 * (task % 7) + more * (0.9 + 0.1 * (task % 3))));
      }
    }
    return Files.writeString(folder.resolve(name), rows.toString()).toString();
  }

  private static JsonNode json(String... words) {
    CliRun run = CliRun.of(words);
    assertThat(run.code()).as(run.err()).isZero();
    return JsonText.parse(run.out());
  }

  private static List<String> quantities(JsonNode json) {
    List<String> quantities = new ArrayList<>();
    json.path("contrasts").forEach(node -> quantities.add(node.path("quantity").asString("")));
    return quantities;
  }

  @Test
  void gradedRewards_betterRunHasThePositiveDifference() throws IOException {
    String base = rollouts("base.jsonl", 0);
    String tuned = rollouts("tuned.jsonl", 0.25);
    JsonNode json = json("passk", "--samples", tuned, base, "--k", "1,4", "--power", "--json");
    assertThat(quantities(json)).containsExactly("reward_best_of_n");
    for (JsonNode point : json.at("/contrasts/0/points")) {
      assertThat(point.path("difference").doubleValue()).isCloseTo(0.25, within(1e-9));
      assertThat(point.path("better").intValue()).isEqualTo(TASKS);
      assertThat(point.path("low").doubleValue()).isPositive();
      assertThat(point.at("/further_prompts/count").intValue()).isZero();
    }
    String table = CliRun.of("passk", "--samples", base, tuned, "--k", "4").out();
    assertThat(table).contains("Best-of-N by reward").containsPattern("[-−]0\\.25");
  }

  @Test
  void votes_areComparedBesideCountedDraws() throws IOException {
    var right = new StringBuilder();
    var wrong = new StringBuilder();
    for (int task = 0; task < TASKS; task++) {
      for (int sample = 0; sample < 3; sample++) {
        // Two of three votes are right in the first run, one of three in the second.
        right.append(vote(task, sample < 2));
        wrong.append(vote(task, sample < 1));
      }
    }
    String first = Files.writeString(folder.resolve("first.jsonl"), right).toString();
    String second = Files.writeString(folder.resolve("second.jsonl"), wrong).toString();
    JsonNode json =
        json(
            "passk",
            "--samples",
            first,
            second,
            "--k",
            "1,3",
            "--answer-field",
            "answer",
            "--json");
    assertThat(quantities(json)).containsExactly("maj_at_k");
    JsonNode points = json.at("/contrasts/0/points");
    assertThat(points.path(0).path("difference").doubleValue()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(points.path(1).path("difference").doubleValue()).isEqualTo(1);
    assertThat(points.path(1).has("further_prompts")).isFalse();
    assertThat(json.at("/pairs/0/points/0/difference").doubleValue())
        .isCloseTo(1 / 3.0, within(1e-9));
  }

  private static String vote(int task, boolean right) {
    return "{\"task_id\": %d, \"passed\": %s, \"answer\": \"%s\"}%n"
        .formatted(task, right, right ? "4" : "5");
  }
}
