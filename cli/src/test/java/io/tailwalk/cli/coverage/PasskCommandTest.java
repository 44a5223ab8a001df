package io.tailwalk.cli.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.cli.CliRun;
import io.tailwalk.tables.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PasskCommandTest {
  @TempDir private Path folder;

  /** Two tasks with four samples each, so many of them right. */
  private String run(String name, int first, int second) throws IOException {
    var lines = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      lines.append(line("t1", i < first)).append(line("t2", i < second));
    }
    return Files.writeString(folder.resolve(name + ".jsonl"), lines).toString();
  }

  private static String line(String task, boolean passed) {
    return "{\"task_id\": \"%s\", \"completion\": \"x\", \"passed\": %s}%n".formatted(task, passed);
  }

  @Test
  void counted_isTheUnbiasedEstimate() throws IOException {
    Path out = folder.resolve("out");
    CliRun run =
        CliRun.of(
            "passk",
            "--samples",
            run("a", 1, 2),
            run("b", 0, 2),
            "--k",
            "1,2,4",
            "--json",
            "--out",
            out.toString());
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode json = JsonText.parse(run.out());
    double[] expected = {(0.25 + 0.5) / 2, (0.5 + 5.0 / 6) / 2, 1};
    for (int i = 0; i < 3; i++) {
      JsonNode point = json.at("/runs/0/pass_at_k/" + i);
      assertThat(point.get("value").doubleValue()).isCloseTo(expected[i], within(1e-12));
      assertThat(point.get("method").stringValue()).isEqualTo("counted");
    }
    JsonNode pair = json.at("/pairs/0/points/0");
    assertThat(pair.get("difference").doubleValue()).isCloseTo(0.125, within(1e-12));
    assertThat(pair.get("better").longValue()).isEqualTo(1);
    assertThat(pair.get("worse").longValue()).isZero();
    assertThat(out.resolve("report.html")).exists();
  }

  @Test
  void beyondTheSamples_isRefused() throws IOException {
    CliRun run = CliRun.of("passk", "--samples", run("a", 1, 2), "--k", "5");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("run a has 4 samples of some prompt").hasLineCount(1);
    CliRun other =
        CliRun.of("passk", "--samples", run("a", 1, 2), "b=" + run("b", 1, 1), "--k", "0");
    assertThat(other.code()).isEqualTo(2);
  }

  /**
   * Verified samples say nothing by counting; their record's success probability does, at any k.
   */
  @Test
  void ownVerifiedSamples_takeTheSuccessProbability() throws IOException {
    Path file = folder.resolve("v.jsonl");
    CliRun made =
        CliRun.of(
            "generate",
            "--model",
            "builtin:austen",
            "--prompt",
            "It is ",
            "--verifier",
            "avoid:e",
            "--max-tokens",
            "8",
            "--budget-tokens",
            "600",
            "--out",
            file.toString(),
            "--quiet");
    assertThat(made.code()).as(made.err()).isZero();
    CliRun run = CliRun.of("passk", "--samples", file.toString(), "--k", "1,1000000", "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode points = JsonText.parse(run.out()).at("/runs/0/pass_at_k");
    JsonNode record = JsonText.parse(Files.readString(folder.resolve("v.run.json")));
    assertThat(points.get(0).get("method").stringValue()).isEqualTo("from success probability");
    assertThat(points.get(0).get("value").doubleValue())
        .isCloseTo(record.at("/prompts/0/success_probability/value").doubleValue(), within(1e-12));
    assertThat(points.get(1).get("value").doubleValue()).isCloseTo(1, within(1e-9));
    Files.delete(folder.resolve("v.run.json"));
    CliRun without = CliRun.of("passk", "--samples", file.toString());
    assertThat(without.code()).isEqualTo(2);
    assertThat(without.err()).contains("counting says nothing of pass@k").hasLineCount(1);
  }
}
