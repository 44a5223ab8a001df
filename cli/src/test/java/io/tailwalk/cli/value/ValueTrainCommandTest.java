package io.tailwalk.cli.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import io.tailwalk.sampling.Samplers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ValueTrainCommandTest {
  private static final String VERIFIER = "avoid:e";

  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static CliRun train(Path out, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("value", "train", "--model", "builtin:austen", "--prompt", "It is "));
    args.addAll(List.of("--verifier", VERIFIER, "--max-tokens", "6", "--rollouts", "200"));
    args.addAll(List.of("--hidden-units", "8", "--epochs", "6", "--out", out.toString()));
    args.addAll(List.of("--pilot-tokens", "768"));
    return CliRun.of(args, more);
  }

  private static CliRun use(String command, Path value, String... more) {
    List<String> args =
        new ArrayList<>(List.of(command, "--model", "builtin:austen", "--prompt", "It is "));
    args.addAll(List.of("--verifier", VERIFIER, "--max-tokens", "6", "--json", "--quiet"));
    args.addAll(List.of("--value", value.toString()));
    return CliRun.of(args, more);
  }

  @BeforeAll
  static void trainOne() {
    CliRun run =
        train(shared.resolve("v"), "--force", "--report", shared.resolve("r").toString(), "--json");
    assertThat(run.code()).as(run.err()).isEqualTo(0);
  }

  @Test
  void json_saysHowGoodTheValueIsOnUnseenRollouts() throws IOException {
    JsonNode json = JsonText.parse(Files.readString(shared.resolve("r/value.json")));
    JsonNode rollouts = json.get("rollouts");
    assertThat(rollouts.get("judged").intValue()).isEqualTo(40);
    assertThat(rollouts.get("fitted").intValue() + rollouts.get("chose_epoch").intValue())
        .isEqualTo(160);
    JsonNode held = json.get("held_out");
    assertThat(held.get("gain").doubleValue())
        .isCloseTo(
            held.get("baseline_cross_entropy").doubleValue()
                - held.get("cross_entropy").doubleValue(),
            within(1e-12));
    int counted = 0;
    for (JsonNode bin : json.get("calibration")) {
      counted += bin.get("prefixes").intValue();
      assertThat(bin.get("observed").doubleValue())
          .isBetween(bin.get("observed_low").doubleValue(), bin.get("observed_high").doubleValue());
    }
    int byDepth = 0;
    for (JsonNode depth : json.get("depths")) {
      byDepth += depth.get("prefixes").intValue();
      assertThat(depth.get("tokens").intValue()).isBetween(1, 5);
    }
    assertThat(counted).isEqualTo(byDepth).isPositive();
    assertThat(json.get("better").booleanValue() || json.get("forced").booleanValue()).isTrue();
    JsonNode pilot = json.get("pilot");
    assertThat(pilot.get("pairs").intValue()).isEqualTo(8);
    assertThat(pilot.get("run_tokens").intValue()).isEqualTo(96);
    assertThat(pilot.get("ratio").get("low").doubleValue())
        .isLessThanOrEqualTo(pilot.get("ratio").get("value").doubleValue());
    assertThat(json.get("verifier_knows").get("kind").stringValue()).isEqualTo("proofs");
    assertThat(shared.resolve("r/report.html")).exists();
    assertThat(json.get("run").get("params").get("verifier").stringValue()).isEqualTo(VERIFIER);
  }

  @Test
  void file_anyThreads_sameBytes() throws IOException {
    CliRun run = train(folder.resolve("v"), "--force", "--threads", "2", "--quiet");
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    assertThat(run.out())
        .contains("cross-entropy")
        .contains("the verifier already rules out prefixes")
        .contains("pilot: the effective sample size at equal model tokens is")
        .contains("of them pass");
    assertThat(folder.resolve("v")).hasSameBinaryContentAs(shared.resolve("v"));
    CliRun other = train(folder.resolve("w"), "--force", "--seed", "1", "--quiet");
    assertThat(other.code()).isEqualTo(0);
    assertThat(Files.readAllBytes(folder.resolve("w")))
        .isNotEqualTo(Files.readAllBytes(shared.resolve("v")));
  }

  @Test
  void resume_finishedRun_saysSo_andOtherSettingsAreRefused() {
    Path out = shared.resolve("v");
    assertThat(train(out).code()).isEqualTo(2);
    CliRun again = train(out, "--resume");
    assertThat(again.code()).isEqualTo(0);
    assertThat(again.err()).contains("is complete");
    CliRun other = train(out, "--resume", "--seed", "5");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("the seed has changed since the run began").hasLineCount(1);
  }

  /** One batch in one epoch leaves a step, which is no warm-up. */
  @Test
  void oneShortEpoch_isFitted() {
    CliRun run =
        train(folder.resolve("v"), "--force", "--rollouts", "20", "--epochs", "1", "--quiet");
    assertThat(run.code()).as(run.err()).isEqualTo(0);
  }

  @Test
  void out_thatIsAlsoTheFileOfPrompts_isRefusedAndKept() throws IOException {
    String rows = "{\"prompt\": \"It is \"}\n";
    Path file = Files.writeString(folder.resolve("both.jsonl"), rows);
    CliRun run =
        CliRun.of(
            "value",
            "train",
            "--model",
            "builtin:austen",
            "--prompts",
            file.toString(),
            "--verifier",
            "avoid:e",
            "--out",
            file.toString(),
            "--overwrite");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("is also read by this run");
    assertThat(Files.readString(file)).isEqualTo(rows);
  }

  @Test
  void nothingPasses_endsInASentence_andLeavesNoValue() throws IOException {
    CliRun run = train(folder.resolve("v"), "--verifier", "regex:~~~~", "--quiet");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("none of the").contains("draw more").hasLineCount(1);
    try (var left = Files.list(folder)) {
      assertThat(left.map(file -> "" + file.getFileName())).containsExactly(".v.journal");
    }
    assertThat(train(folder.resolve("v"), "--held-out", "0.9").err()).contains("--held-out must");
  }

  /** A learning rate that ruins the fit: the file appears only when it is forced. */
  @Test
  void worseThanTheBaseline_isRefusedInASentence_andForcedOnResuming() throws IOException {
    Path out = folder.resolve("v");
    String[] ruinous = {"--learning-rate", "1", "--weight-decay", "0", "--features", "counts"};
    CliRun run = train(out, with(ruinous, "--quiet", "--json"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("tailwalk: " + out + " is not written: ")
        .contains("is not below the baseline's")
        .contains("--force")
        .hasLineCount(1);
    try (var left = Files.list(folder)) {
      assertThat(left.map(file -> "" + file.getFileName())).containsExactly(".v.journal");
    }
    CliRun forced = train(out, with(ruinous, "--resume", "--force", "--pilot-tokens", "0"));
    assertThat(forced.code()).as(forced.err()).isEqualTo(0);
    assertThat(forced.out())
        .contains("no pilot was run")
        .contains("written by force although it would have been refused: the value's held-out");
    assertThat(out).exists();
  }

  /** The model's state needs no network: it is read from the next-token distributions. */
  @Test
  void hiddenFeatures_ofAnyModel_areFittedAndUsed() {
    Path out = folder.resolve("v");
    CliRun run = train(out, "--features", "hidden", "--force", "--quiet");
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    for (String children : List.of("4", "enumerate")) {
      CliRun walk = use("generate", out, "--children", children, "--budget-tokens", "300");
      assertThat(walk.code()).as(walk.err()).isEqualTo(0);
      JsonNode row = JsonText.parse(walk.out().lines().findFirst().orElseThrow());
      assertThat(row.get("params").get("value").stringValue()).startsWith("hidden sha256:");
      assertThat(row.get("reward").doubleValue()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("io.tailwalk.sampling.Samplers#names")
  void value_everySampler_sameBytesAtAnyThreads_andOnlyPassing(String sampler) {
    String[] more = {"--sampler", sampler, "-n", "3", "--budget-tokens", "300", "--seed", "3"};
    CliRun run = use("generate", shared.resolve("v"), with(more, "--threads", "1"));
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    assertThat(use("generate", shared.resolve("v"), with(more, "--threads", "2")).out())
        .isEqualTo(run.out());
    run.out()
        .lines()
        .map(JsonText::parse)
        .forEach(row -> {
          assertThat(row.get("params").get("value").stringValue())
              .matches("(one-hot|counts) sha256:.*");
          boolean free = sampler.equals("ancestral");
          assertThat(free || row.get("reward").doubleValue() > 0).isTrue();
        });
  }

  private static String[] with(String[] args, String... more) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /**
   * A sampler asks the value where the verifier alone would say 1: other draws, same distribution.
   */
  @Test
  void value_guidesTheWalk_andLeavesTheMassAlone() {
    assertThat(Samplers.names()).contains("vgb-momentum");
    String[] walk = {"--sampler", "vgb-momentum", "--budget-tokens", "3000", "--param", "walks=1"};
    CliRun guided = use("tail", shared.resolve("v"), walk);
    assertThat(guided.code()).as(guided.err()).isEqualTo(0);
    List<String> plain = new ArrayList<>(List.of("tail", "--model", "builtin:austen"));
    plain.addAll(List.of("--prompt", "It is ", "--verifier", VERIFIER, "--max-tokens", "6"));
    plain.addAll(List.of("--json", "--quiet"));
    plain.addAll(List.of(walk));
    CliRun unguided = CliRun.of(plain.toArray(String[]::new));
    JsonNode one = JsonText.parse(guided.out()).get("success_probability_mean");
    JsonNode two = JsonText.parse(unguided.out()).get("success_probability_mean");
    assertThat(one).isNotEqualTo(two);
    assertThat(one.get("low").doubleValue()).isLessThan(two.get("high").doubleValue());
    assertThat(two.get("low").doubleValue()).isLessThan(one.get("high").doubleValue());
  }

  @Test
  void value_elsewhere_isRefusedInASentence() throws IOException {
    Path value = shared.resolve("v");
    refused(use("generate", value, "--verifier", "avoid:z"), "verifier 'avoid:e', not 'avoid:z'");
    refused(use("generate", value, "--max-tokens", "7"), "at most 6 tokens, not 7");
    refused(use("tail", value, "--temperature", "0.5"), "was trained on builtin:austen");
    refused(use("compare", value, "--max-tokens", "9"), "at most 6 tokens, not 9");
    refused(use("generate", folder.resolve("none")), "is not there; check the path");
    Path other = Files.writeString(folder.resolve("text"), "no value");
    refused(use("generate", other), "--value: ");
  }

  private static void refused(CliRun run, String why) {
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("--value: ").contains(why).hasLineCount(1);
  }
}
