package io.tailwalk.cli.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A value learned from the hidden states of a real model, and used. */
@Tag("real-model")
class HiddenValueTest {
  @TempDir private Path folder;

  private static Path model() throws IOException {
    Path models = Path.of(System.getProperty("tailwalk.repository", ".."), "models");
    assumeTrue(Files.isDirectory(models), "no models/; run scripts/fetch-model");
    try (Stream<Path> files = Files.list(models)) {
      Path found = files.filter(file -> file.toString().endsWith(".gguf")).findFirst().orElse(null);
      assumeTrue(found != null, "no GGUF under models/; run scripts/fetch-model");
      return found;
    }
  }

  @Test
  void value_fromFewRollouts_isNoWorseThanTheDepth_andGuidesTheWalk() throws IOException {
    String model = "gguf:" + model();
    Path value = folder.resolve("v");
    CliRun run =
        CliRun.of(
            ("value train --threads 1 --verifier avoid:e --max-tokens 6 --rollouts 60"
                    + " --hidden-units 8 --learning-rate 0.001 --epochs 10 --json --quiet")
                .concat(" --prompt Paris --model " + model + " --out " + value)
                .split(" ", -1));
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    JsonNode json = JsonText.parse(run.out());
    assertThat(json.get("features").stringValue()).isEqualTo("hidden");
    assertThat(json.get("inputs").intValue()).isGreaterThan(64);
    JsonNode held = json.get("held_out");
    assertThat(held.get("cross_entropy").doubleValue())
        .isLessThan(held.get("baseline_cross_entropy").doubleValue() + 0.1);

    CliRun walk =
        CliRun.of(
            ("generate --threads 1 --verifier avoid:e --max-tokens 6 --budget-tokens 1500 --json"
                    + " --quiet --children 4 --prompt Paris --model "
                    + model
                    + " --value "
                    + value)
                .split(" ", -1));
    assertThat(walk.code()).as(walk.err()).isEqualTo(0);
    JsonNode row = JsonText.parse(walk.out().lines().findFirst().orElseThrow());
    assertThat(row.get("params").get("value").stringValue()).startsWith("hidden sha256:");
    assertThat(row.get("reward").doubleValue()).isEqualTo(1);

    CliRun whole =
        CliRun.of(
            "generate",
            "--model",
            model,
            "--prompt",
            "Paris",
            "--verifier",
            "avoid:e",
            "--max-tokens",
            "6",
            "--value",
            value.toString(),
            "--children",
            "enumerate");
    assertThat(whole.code()).isEqualTo(2);
    assertThat(whole.err()).contains("give a number of children").hasLineCount(1);
  }
}
