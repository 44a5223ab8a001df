package io.tailwalk.cli.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void kBeyondTheFewestSamples_namesFileAndPrompt() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("few.jsonl"), line("t1", true) + line("t1", false) + line("t2", true));
    CliRun run = CliRun.of("passk", "--samples", "one=" + file, "--k", "2");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            "tailwalk: --k: 2: "
                + file
                + " has 1 sample of prompt \"t2\", and there is no run record with success"
                + " probabilities of a pass-or-fail verifier next to it; draw more, lower k, or"
                + " keep FILE.run.json of 'tailwalk generate'\n");
  }

  /** The repro of the issue: it printed 0.5 [0.5, 0.5]. */
  @Test
  void threePromptsWithOneOfTwoRight_areNoKnowledge() throws IOException {
    var lines = new StringBuilder();
    for (String task : List.of("t1", "t2", "t3")) {
      lines.append(line(task, true)).append(line(task, false));
    }
    Path file = Files.writeString(folder.resolve("three.jsonl"), lines);
    CliRun run = CliRun.of("passk", "--samples", file.toString(), "--k", "1", "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode point = JsonText.parse(run.out()).at("/runs/0/pass_at_k/0");
    assertThat(point.get("value").doubleValue()).isEqualTo(0.5);
    assertThat(point.get("low").doubleValue()).isBetween(0.1, 0.2);
    assertThat(point.get("high").doubleValue()).isBetween(0.8, 0.9);
    assertThat(point.get("low_kind").stringValue()).isEqualTo("asymptotic");
    assertThat(point.get("bias").stringValue()).isEqualTo("none");
    CliRun text = CliRun.of("passk", "--samples", file.toString(), "--k", "1");
    assertThat(text.out()).contains("Intervals: 95% over prompts, asymptotic (Gaffke's bound)");
  }

  /** A record of the new form and one of old, in which a zero without width is no knowledge. */
  @Test
  void records_newAndOld_carryTheirEnds() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("v.jsonl"),
            """
            {"id": "p", "completion": "x", "reward": 1, "log_prob": -1, "sampler": "vgb"}
            """);
    record(
        "success_probability",
        """
        {"value": 0.1, "low": 0.05, "high": "inf", "low_kind": "guaranteed",
         "high_kind": "open", "certain_low": 0.01, "certain_high": 0.5,
         "standard_error": 0.02, "level": 0.95, "bias": "clamped"}
        """);
    JsonNode point = at(file, 10);
    JsonNode these = point.get("these_prompts");
    assertThat(point.get("bias").stringValue()).isEqualTo("unknown");
    assertThat(point.get("corrected_prompts").intValue()).isOne();
    assertThat(these.get("low").doubleValue()).isCloseTo(1 - Math.pow(0.95, 10), within(1e-12));
    assertThat(these.get("low_kind").stringValue()).isEqualTo("guaranteed");
    assertThat(these.get("high").doubleValue()).isCloseTo(1 - Math.pow(0.5, 10), within(1e-12));
    assertThat(these.get("high_kind").stringValue()).isEqualTo("certain");

    record("success_mass", "{\"value\": 0, \"low\": 0, \"high\": 0, \"level\": 0.95}");
    point = at(file, 10);
    assertThat(point.get("value").doubleValue()).isZero();
    assertThat(point.get("bias").stringValue()).isEqualTo("unknown");
    assertThat(point.at("/these_prompts/high").doubleValue()).isEqualTo(1);

    record("success_mass", "{\"value\": 1.4, \"low\": 1.2, \"high\": null}");
    assertRefused(file, "mean reward");
    record("success_mass", "{\"value\": 0.5, \"low\": 0.7, \"high\": 0.6}");
    assertRefused(file, "v.run.json");
  }

  /** No pass@k follows from a mean of graded rewards, whether rows or the record show them. */
  @Test
  void gradedRewards_areRefused() throws IOException {
    String row = "{\"id\": \"p\", \"completion\": \"x\", \"reward\": %s, \"sampler\": \"vgb\"}%n";
    String mass =
        "{\"value\": 0.9, \"low\": 0.7, \"high\": 0.95, \"certain_low\": 0, \"certain_high\": %s}";
    Path file = folder.resolve("v.jsonl");
    Files.writeString(file, row.formatted("1") + row.formatted("0.5"));
    record("success_probability", mass.formatted("1"));
    assertRefused(file, "graded");
    Files.writeString(file, row.formatted("1"));
    assertThat(at(file, 1).get("value").doubleValue()).isEqualTo(0.9);
    record("success_probability", mass.formatted("1.5"));
    assertRefused(file, "graded");
  }

  private static void assertRefused(Path file, String why) {
    CliRun run = CliRun.of("passk", "--samples", file.toString(), "--k", "1");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(why).hasLineCount(1);
  }

  private void record(String field, String mass) throws IOException {
    Files.writeString(
        folder.resolve("v.run.json"),
        "{\"prompts\": [{\"id\": \"p\", \"%s\": %s}]}".formatted(field, mass));
  }

  private static JsonNode at(Path file, long k) {
    CliRun run =
        CliRun.of("passk", "--samples", file.toString(), "--k", Long.toString(k), "--json");
    assertThat(run.code()).as(run.err()).isZero();
    return JsonText.parse(run.out()).at("/runs/0/pass_at_k/0");
  }

  @Test
  void bestOfN_withoutARange_isOpen_andWithOneBounded() throws IOException {
    var lines = new StringBuilder();
    for (String id : List.of("a", "b", "c")) {
      for (int i = 0; i < 2; i++) {
        lines.append(
            "{\"id\": \"%s\", \"completion\": \"x\", \"reward\": %d, \"log_prob\": -%d}%n"
                .formatted(id, i, i + 1));
      }
    }
    String file = Files.writeString(folder.resolve("g.jsonl"), lines).toString();
    CliRun open = CliRun.of("passk", "--samples", file, "--k", "1", "--json");
    assertThat(open.code()).as(open.err()).isZero();
    JsonNode point = JsonText.parse(open.out()).at("/runs/0/best_of_n/0");
    assertThat(point.get("high").stringValue()).isEqualTo("inf");
    assertThat(point.get("high_kind").stringValue()).isEqualTo("open");
    CliRun stated =
        CliRun.of("passk", "--samples", file, "--k", "1", "--json", "--reward-range", "0,1");
    point = JsonText.parse(stated.out()).at("/runs/0/best_of_n/0");
    assertThat(point.get("high").doubleValue()).isBetween(0.8, 0.9);
    for (String range : List.of("1,0", "0", "0,1,2")) {
      CliRun wrong = CliRun.of("passk", "--samples", file, "--reward-range", range);
      assertThat(wrong.code()).isEqualTo(2);
      assertThat(wrong.err()).contains("--reward-range");
    }
    Path out = folder.resolve("o");
    assertThat(CliRun.of("passk", "--samples", file, "--out", out.toString()).code()).isZero();
    assertThat(out.resolve("report.html")).exists();
  }

  @Test
  void beyondTheSamples_isRefused() throws IOException {
    CliRun run = CliRun.of("passk", "--samples", run("a", 1, 2), "--k", "5");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("a.jsonl has 4 samples of prompt \"t1\"").hasLineCount(1);
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
    assertThat(without.err()).contains("pass@k cannot be counted").hasLineCount(1);
  }
}
