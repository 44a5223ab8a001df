package io.tailwalk.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** On a real GGUF: {@code -Dtailwalk.model=FILE}, or the first one under models/. */
@Tag("real-model")
class RealModelBatchesTest {
  private static final List<String> PROMPTS =
      List.of(
          "{\"prompt\": \"Once upon a time\"}",
          "{\"prompt\": \"The capital of France is\"}",
          "{\"prompt\": \"My favourite thing about autumn:\"}");

  @TempDir private Path folder;

  private static Optional<Path> model() throws IOException {
    String named = System.getProperty("tailwalk.model");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    Path models = Path.of(System.getProperty("tailwalk.repository", "..")).resolve("models");
    if (!Files.isDirectory(models)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(models)) {
      return files.filter(file -> file.toString().endsWith(".gguf")).sorted().findFirst();
    }
  }

  /**
   * Sixteen walks share the model's batches: at most 0.15 calls for a token pushed through it. The
   * few draws that the default keeps for the interval fill theirs less well (0.22 in all).
   */
  @ParameterizedTest
  @ValueSource(strings = {"vgb-momentum", "vgb"})
  void sixteenWalks_callsPerToken_areFew(String sampler) throws IOException {
    Optional<Path> model = model();
    assumeTrue(model.isPresent(), "no GGUF under models/; run scripts/fetch-model");
    Path prompts = Files.write(folder.resolve("prompts.jsonl"), PROMPTS);
    Path out = folder.resolve("out.jsonl");
    CliRun run =
        CliRun.of(
            "generate",
            "--model",
            "" + model.orElseThrow(),
            "--prompts",
            "" + prompts,
            "--sampler",
            sampler,
            "--param",
            "walks=16",
            "--param",
            "interval_share=0",
            "--verifier",
            "avoid:e",
            "--n",
            "4",
            "--max-tokens",
            "40",
            "--budget-tokens",
            "1200",
            "--out",
            "" + out,
            "--quiet");
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    JsonNode record = JsonText.parse(Files.readString(folder.resolve("out.run.json")));
    assertThat(record.path("prompts").size()).isEqualTo(3);
    for (JsonNode prompt : record.path("prompts")) {
      JsonNode cost = prompt.path("cost");
      double tokens = cost.path("model_tokens").doubleValue();
      assertThat(tokens).isGreaterThan(1000);
      assertThat(cost.path("model_calls").doubleValue() / tokens)
          .as("%s on %s", sampler, prompt)
          .isLessThanOrEqualTo(0.15);
    }
  }
}
