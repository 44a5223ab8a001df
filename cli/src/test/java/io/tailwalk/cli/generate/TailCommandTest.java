package io.tailwalk.cli.generate;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TailCommandTest {
  @TempDir private Path folder;

  private CliRun tail(String... more) throws IOException {
    Path prompts =
        Files.writeString(
            folder.resolve("p.jsonl"),
            "{\"id\": \"a\", \"prompt\": \"It is \"}\n{\"id\": \"b\", \"prompt\": \"She \"}\n");
    List<String> args =
        new ArrayList<>(
            List.of("tail", "--model", "builtin:austen", "--prompts", prompts.toString()));
    args.addAll(List.of("--verifier", "avoid:e", "--max-tokens", "8", "--budget-tokens", "600"));
    return CliRun.of(args, more);
  }

  /** Prediction and measurement are of the same number; 6 tokens' worth of noise is below 0.15. */
  @Test
  void json_predictionMeetsMeasurementAndRisesToOne() throws IOException {
    CliRun run = tail("--measure-tokens", "4000", "--json");
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    JsonNode json = JsonText.parse(run.out());
    assertThat(json.propertyNames())
        .containsExactly("success_probability_mean", "intervals", "prompts", "pass_at_k", "run");
    JsonNode first = json.get("pass_at_k").get(0);
    assertThat(first.get("predicted").get("value").doubleValue())
        .isEqualTo(json.get("success_probability_mean").get("value").doubleValue())
        .isCloseTo(first.get("measured").doubleValue(), within(0.15));
    double before = 0;
    for (JsonNode point : json.get("pass_at_k")) {
      double value = point.get("predicted").get("value").doubleValue();
      assertThat(value).isBetween(before, 1.0);
      before = value;
    }
    JsonNode last = json.get("pass_at_k").get(json.get("pass_at_k").size() - 1);
    assertThat(last.get("k").longValue()).isEqualTo(1_000_000_000L);
    assertThat(last.get("predicted").get("value").doubleValue()).isCloseTo(1, within(1e-9));
    assertThat(last.get("measured").isNull()).isTrue();
    assertThat(json.get("prompts").get(1).get("id").stringValue()).isEqualTo("b");
    assertThat(json.get("run").get("params").get("sampler").stringValue())
        .isEqualTo(Samplers.DEFAULT);
  }

  @Test
  void out_sameSeedAnyThreads_sameBytes() throws IOException {
    tail("--out", folder.resolve("one").toString(), "--threads", "1");
    CliRun two = tail("--out", folder.resolve("two").toString(), "--threads", "2");
    assertThat(two.code()).as(two.err()).isEqualTo(0);
    assertThat(two.out()).contains("pass@k").contains("mean");
    assertThat(folder.resolve("two/report.html")).exists();
    JsonNode one = JsonText.parse(Files.readString(folder.resolve("one/tail.json")));
    JsonNode other = JsonText.parse(Files.readString(folder.resolve("two/tail.json")));
    assertThat(one.get("pass_at_k")).isEqualTo(other.get("pass_at_k"));
    assertThat(one.get("prompts")).isEqualTo(other.get("prompts"));
  }

  /** A sampler that estimates nothing still shows what its tree and the plain draws do. */
  @Test
  void sampler_withoutEstimate_showsWhatIsCertainAndWhatDrawsSay() throws IOException {
    CliRun run = tail("--sampler", "action-rejection", "--json");
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    JsonNode mass = JsonText.parse(run.out()).get("prompts").get(0).get("success_probability");
    assertThat(mass.get("certain_low").doubleValue()).isPositive();
    assertThat(mass.get("low").doubleValue())
        .isGreaterThanOrEqualTo(mass.get("certain_low").doubleValue());
    assertThat(mass.get("high").doubleValue())
        .isLessThanOrEqualTo(mass.get("certain_high").doubleValue())
        .isGreaterThan(mass.get("low").doubleValue());
    assertThat(tail("--measure-tokens", "0").code()).isEqualTo(2);
  }

  /** Nothing is known to be zero because nothing was found: the upper curve rises with k. */
  @Test
  void nothingFound_upperCurveRises() throws IOException {
    Path prompts =
        Files.writeString(folder.resolve("q.jsonl"), "{\"id\": \"a\", \"prompt\": \"It is \"}\n");
    for (String sampler : List.of("auto", "smc", "particle-gibbs", "best-of-n")) {
      CliRun run =
          CliRun.of(
              "tail",
              "--model",
              "builtin:austen",
              "--prompts",
              prompts.toString(),
              "--verifier",
              "regex:[0-9]{12}",
              "--max-tokens",
              "12",
              "--budget-tokens",
              "200",
              "--sampler",
              sampler,
              "--json");
      assertThat(run.code()).as(run.err()).isEqualTo(0);
      JsonNode json = JsonText.parse(run.out());
      JsonNode mass = json.get("prompts").get(0).get("success_probability");
      assertThat(mass.get("high").doubleValue()).as(sampler).isPositive();
      double before = 0;
      for (JsonNode point : json.get("pass_at_k")) {
        double high = point.get("predicted").get("these_prompts_high").doubleValue();
        assertThat(high).as(sampler).isGreaterThanOrEqualTo(before).isPositive();
        before = high;
      }
    }
  }

  /** A mean of graded rewards is called so, and nothing is predicted from it. */
  @Test
  void gradedRewards_haveAMeanAndNoPassAtK() throws IOException {
    Path grader =
        Files.writeString(
            folder.resolve("grade.sh"),
            """
            while read -r line; do
              id=${line#*\\"id\\":}
              case $line in *completion*e*finish*) reward=2.5 ;; *) reward=0.5 ;; esac
              echo "{\\"id\\":${id%%,*},\\"reward\\":$reward}"
            done
            """);
    String[] verifier = {"--verifier", "cmd:sh " + grader};
    List<String> common =
        List.of(
            "--model",
            "builtin:austen",
            "--prompt",
            "It is ",
            "--max-tokens",
            "2",
            "--quiet",
            "--budget-tokens",
            "60");
    CliRun run = CliRun.of(with("tail", common, verifier), "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode json = JsonText.parse(run.out());
    assertThat(json.get("pass_at_k")).isEmpty();
    assertThat(json.has("success_probability_mean")).isFalse();
    assertThat(json.get("intervals").stringValue()).contains("graded");
    JsonNode mean = json.at("/prompts/0/success_probability");
    assertThat(mean.get("value").doubleValue()).isBetween(0.1, 2.5);
    assertThat(mean.get("high").stringValue()).isEqualTo("inf");
    CliRun text = CliRun.of(with("tail", common, verifier));
    assertThat(text.out()).contains("mean reward").doesNotContain("predicted pass@k");
    CliRun made = CliRun.of(with("generate", common, verifier));
    assertThat(made.out()).contains("has the mean reward").doesNotContain("NaN");
  }

  private static List<String> with(String command, List<String> common, String... more) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(common);
    args.addAll(List.of(more));
    return args;
  }
}
