package io.tailwalk.cli.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class WatchCommandTest {
  @TempDir private Path folder;

  /** A checkpoint on 400 responses: better on nine of ten, and on the tenth worse by some nats. */
  private String csv(int step, double tail) {
    var csv = new StringBuilder("example_id,prompt_id,model,log_prob,tokens\n");
    for (int i = 0; i < 400; i++) {
      double noise = 0.01 * ((i * 31 + step * 17) % 13);
      double logProb = i % 10 == 0 ? -6 - tail : -6 + 0.0019 * step + noise;
      csv.append("e%d,p%d,step-%d,%s,4\n".formatted(i, i, step, logProb));
    }
    return csv.toString();
  }

  private void checkpoint(int step, double tail) throws IOException {
    Files.writeString(folder.resolve("step-" + step + ".csv"), csv(step, tail));
  }

  @Test
  void once_ofARunThatTurns_endsWithTheChosenStatus() throws IOException {
    checkpoint(100, 0);
    checkpoint(200, 0);
    Path out = folder.resolve("out");
    CliRun calm = CliRun.of("watch", folder.toString(), "--n", "8", "--once");
    assertThat(calm.code()).as(calm.err()).isZero();
    assertThat(calm.out()).contains("No turn of coverage is detected");
    checkpoint(1000, 4);
    CliRun run =
        CliRun.of(
            "watch",
            folder.toString(),
            "--n",
            "8",
            "--once",
            "--exit-code",
            "7",
            "--json",
            "--out",
            out.toString());
    assertThat(run.code()).as(run.err()).isEqualTo(7);
    JsonNode json = JsonText.parse(run.out());
    assertThat(json.get("turned").booleanValue()).isTrue();
    assertThat(json.at("/turn/to").stringValue()).isEqualTo("step-1000");
    assertThat(json.at("/checkpoints/2/model").stringValue()).isEqualTo("step-1000");
    assertThat(out.resolve("report.html")).exists();
  }

  @Test
  void following_waitsForFilesToStandStill_andEndsAtTheTurn() throws Exception {
    checkpoint(1, 0);
    CompletableFuture<CliRun> watching =
        CompletableFuture.supplyAsync(
            () -> CliRun.of("watch", folder.toString(), "--n", "8", "--interval", "1", "--quiet"));
    Files.writeString(folder.resolve(".step-900.csv.tmp"), "half");
    String whole = csv(900, 4);
    Files.writeString(folder.resolve("step-900.csv"), whole.substring(0, whole.length() / 2));
    Thread.sleep(1500);
    Files.writeString(folder.resolve("step-900.csv"), whole);
    CliRun run = watching.get(30, TimeUnit.SECONDS);
    assertThat(run.code()).as(run.err()).isEqualTo(3);
    assertThat(run.out()).contains("Coverage has turned: from step-1 to step-900");
  }

  @Test
  void badInput_isRefusedInASentence() throws IOException {
    for (List<String> args :
        List.of(
            List.of("watch", folder.resolve("none").toString(), "--n", "2"),
            List.of("watch", folder.toString(), "--n", "0.5", "--once"),
            List.of("watch", folder.toString(), "--n", "2", "--once"))) {
      CliRun run = CliRun.of(args.toArray(String[]::new));
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).hasLineCount(1);
    }
    checkpoint(1, 0);
    Files.writeString(folder.resolve("step-2.csv"), csv(2, 0).replaceFirst("\ne7,[^\n]*", ""));
    CliRun run = CliRun.of("watch", folder.toString(), "--n", "2", "--once");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("e7").hasLineCount(1);
  }

  @Test
  void once_checkpointFoldersAndOtherFiles_tablesAreFoundAndTheRestIsLeftAlone() throws Exception {
    for (int step : new int[] {100, 1000}) {
      Path checkpoint = Files.createDirectory(folder.resolve("checkpoint-" + step));
      Files.writeString(checkpoint.resolve("scores.csv"), csv(step, step == 1000 ? 4 : 0));
      Files.writeString(checkpoint.resolve("model.safetensors"), "weights");
    }
    Path bare = Files.createDirectory(folder.resolve("checkpoint-2000"));
    Files.writeString(bare.resolve("model.gguf"), "weights");
    Path log = folder.resolve("trainer_log.jsonl");
    Files.writeString(log, "{\"loss\": 0.5, \"step\": 1}\n");
    Files.writeString(folder.resolve("config.csv"), "name,value\nlr,0.1\n");
    Path data = folder.resolve("train.parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "COPY (SELECT 'q' AS prompt, 'a' AS completion, 0.5 AS advantage) TO '"
              + data
              + "' (FORMAT parquet)");
    }
    Path report = Files.createDirectory(folder.resolve("report"));
    Files.writeString(report.resolve("x.csv"), csv(5000, 9));
    CliRun run = CliRun.of("watch", folder.toString(), "--n", "8", "--once");
    assertThat(run.code()).as(run.err()).isEqualTo(3);
    assertThat(run.out()).contains("Coverage has turned: from step-100 to step-1000");
    assertThat(run.out()).doesNotContain("step-5000");
    assertThat(run.err().lines())
        .containsExactlyInAnyOrder(
            bare + " holds a model and no score table yet; write one there with score",
            log + " is left alone: it is no score table (unknown)",
            data + " is left alone: it is no score table (TRL completions)",
            folder.resolve("config.csv") + " is left alone: it is no score table (unknown)");
  }

  @Test
  void following_inALog_saysOnceThatItWaits() throws Exception {
    CompletableFuture<CliRun> watching =
        CompletableFuture.supplyAsync(
            () -> CliRun.of("watch", folder.toString(), "--n", "8", "--interval", "1"));
    Thread.sleep(2500);
    Files.writeString(folder.resolve("notes.jsonl"), "{\"loss\": 1}\n");
    checkpoint(1, 0);
    checkpoint(900, 4);
    CliRun run = watching.get(60, TimeUnit.SECONDS);
    assertThat(run.code()).as(run.err()).isEqualTo(3);
    String waiting = "waiting for score tables in " + folder + ": 0 tables so far";
    assertThat(run.err().lines().filter(waiting::equals)).hasSize(1);
    assertThat(run.err().lines().filter(line -> line.contains("notes.jsonl"))).hasSize(1);
    assertThat(run.err()).doesNotContain("\r");
  }
}
