package io.tailwalk.cli.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  private CliRun train(Path out, String... more) throws IOException {
    String usual =
        "value train --threads 1 --verifier avoid:e --max-tokens 6 --rollouts 60 --hidden-units 8"
            + " --learning-rate 0.001 --epochs 10 --pilot-tokens 768 --quiet --prompt Paris";
    List<String> args = new ArrayList<>(List.of(usual.split(" ")));
    args.addAll(List.of("--model", "gguf:" + model(), "--out", out.toString()));
    return CliRun.of(args, more);
  }

  /**
   * A value of few rollouts for a verifier that knows prefixes is not written: it would make
   * sampling worse at equal model tokens.
   */
  @Test
  void value_thatKnowsNoMoreThanTheVerifier_isRefused() throws IOException {
    Path out = folder.resolve("v");
    CliRun run = train(out);
    assertThat(run.code()).as(run.out()).isEqualTo(2);
    assertThat(run.err())
        .contains(out + " is not written")
        .contains("is not below the baseline's")
        .contains("the verifier already rules out most failures early")
        .hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  /** The children of a prefix share one state, which comes with the next-token distribution. */
  @Test
  void valueOfTheState_forced_costsNoModelTokenForAChild() throws IOException {
    Path value = folder.resolve("v");
    CliRun run = train(value, "--features", "hidden", "--force", "--json");
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    JsonNode json = JsonText.parse(run.out());
    assertThat(json.get("features").stringValue()).isEqualTo("hidden");
    assertThat(json.get("inputs").intValue()).isBetween(257, 289);
    assertThat(json.get("verifier_knows").get("kind").stringValue()).isEqualTo("proofs");
    assertThat(json.get("pilot").get("pairs").intValue()).isEqualTo(8);

    CliRun walk =
        CliRun.of(
            ("compare --threads 1 --verifier avoid:e --max-tokens 6 --budget-tokens 300 --json"
                    + " --quiet -n 1 --samplers vgb:walks=4 --children 4 --prompt Paris --model "
                    + ("gguf:" + model())
                    + " --value "
                    + value)
                .split(" ", -1));
    assertThat(walk.code()).as(walk.err()).isEqualTo(0);
    JsonNode vgb = JsonText.parse(walk.out()).get("samplers").get(0);
    assertThat(vgb.get("accuracy").doubleValue()).isEqualTo(1);
    JsonNode cost = vgb.get("cost");
    long expanded = cost.get("nodes_expanded").longValue();
    assertThat(cost.get("value_calls").longValue()).isGreaterThan(expanded);
    assertThat(cost.get("model_tokens").longValue()).isLessThanOrEqualTo(expanded * 3 / 2);
  }
}
