package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.records.JsonText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A million rows pass through the commands in 512 MB of memory. */
@Tag("slow")
class MillionRowsTest {
  private static final int ROWS = Integer.getInteger("tailwalk.rows", 1_000_000);

  @TempDir private Path folder;

  @Test
  void generate_aMillionPrompts_oneRowForEachInOrderAndASecondRunHasNothingToDo() throws Exception {
    Path prompts = folder.resolve("prompts.jsonl");
    try (BufferedWriter out = Files.newBufferedWriter(prompts)) {
      for (int i = 0; i < ROWS; i++) {
        out.write("{\"id\": \"question-%d\", \"prompt\": \"Chapter %d. \"}\n".formatted(i, i));
      }
    }
    Path samples = folder.resolve("samples.jsonl");
    String[] words = {
      "generate",
      "--model",
      "builtin:austen",
      "--prompts",
      prompts.toString(),
      "--verifier",
      "any",
      "--max-tokens",
      "1",
      "--sampler",
      "ancestral",
      "--out",
      samples.toString(),
      "--resume"
    };
    assertThat(run(words)).contains("wrote " + samples);
    try (Stream<String> lines = Files.lines(samples)) {
      int row = 0;
      for (String line : (Iterable<String>) lines::iterator) {
        JsonNode json = JsonText.parse(line);
        assertThat(json.path("id").asString("")).isEqualTo("question-" + row++);
      }
      assertThat(row).isEqualTo(ROWS);
    }
    assertThat(run(words)).contains("is complete; nothing to do");
  }

  @Test
  void profile_aMillionScores_isTheDistributionWrittenIntoThem() throws Exception {
    Path scores = folder.resolve("scores.csv");
    try (BufferedWriter out = Files.newBufferedWriter(scores)) {
      out.write("example_id,prompt_id,model,log_prob,tokens,reference_log_prob\n");
      for (int i = 0; i < ROWS; i++) {
        // The model under-weights a quarter of the responses by a factor of 8.
        double logProb = i % 4 == 0 ? -Math.log(16) : -Math.log(2);
        out.write("e%d,p%d,m,%s,4,%s\n".formatted(i, i, logProb, -Math.log(2)));
      }
    }
    String said = run("profile", "--scores", scores.toString(), "--n", "4,32", "--json", "--quiet");
    JsonNode points = JsonText.parse(said).path("models").path(0).path("points");
    assertThat(points.path(0).path("coverage").doubleValue()).isEqualTo(0.25);
    assertThat(points.path(1).path("coverage").doubleValue()).isZero();
  }

  private String run(String... words) throws IOException, InterruptedException {
    Path log = folder.resolve("log.txt");
    int code =
        ChildRun.of(List.of("-Xmx512m"), words)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    String said = Files.readString(log);
    assertThat(code).as(said).isZero();
    return said;
  }
}
