package io.tailwalk.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.cli.CliRun;
import io.tailwalk.tables.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CompareCommandTest {
  @TempDir private Path folder;

  private CliRun compare(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("compare", "--model", "builtin:austen", "--prompt", "It is ", "--n", "4"));
    args.addAll(List.of("--verifier", "avoid:e", "--max-tokens", "2", "--budget-tokens", "2000"));
    args.addAll(List.of(more));
    return CliRun.of(args.toArray(String[]::new));
  }

  /** On so short a tail the law is known; auto comes close to it and plain draws of all do not. */
  @Test
  void json_shortCompletions_haveADistanceToTheTarget() {
    CliRun run = compare("--samplers", "auto;ancestral;vgb:walks=1,calibrate=0", "--json");
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    JsonNode json = JsonText.parse(run.out());
    assertThat(json.propertyNames()).containsExactly("budget_tokens", "samplers", "run");
    JsonNode auto = json.get("samplers").get(0);
    assertThat(auto.propertyNames())
        .containsExactly(
            "sampler",
            "target_law",
            "accuracy",
            "prompts_solved",
            "distinct_1",
            "distinct_2",
            "distinct_3",
            "self_similarity",
            "entropy",
            "distance",
            "cost",
            "prompts");
    assertThat(auto.get("distance").doubleValue()).isLessThan(0.05);
    assertThat(auto.get("accuracy").doubleValue()).isEqualTo(1);
    JsonNode ancestral = json.get("samplers").get(1);
    assertThat(ancestral.get("distance").doubleValue()).isGreaterThan(0.1);
    assertThat(json.get("samplers").get(2).get("sampler").stringValue())
        .isEqualTo("vgb:walks=1,calibrate=0");
  }

  @Test
  void out_writesReportAndTable() throws IOException {
    Path out = folder.resolve("out");
    CliRun run = compare("--samplers", "auto;best-of-n", "--exact-nodes", "0", "--out", "" + out);
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    assertThat(run.out()).contains("self-similarity").contains("best-of-n");
    assertThat(out.resolve("report.html")).exists();
    JsonNode json = JsonText.parse(Files.readString(out.resolve("compare.json")));
    assertThat(json.get("samplers").get(0).get("distance").isNull()).isTrue();
  }

  @Test
  void samplers_badSpec_isRefused() {
    assertThat(compare("--samplers", "auto;auto").err()).contains("twice");
    assertThat(compare("--samplers", "smc:particles").err()).contains("name:key=value");
    CliRun unknown = compare("--samplers", "smc:particle=3");
    assertThat(unknown.err()).contains("has no parameter 'particle'");
    assertThat(unknown.code()).isEqualTo(2);
  }

  @Test
  void diversity_byHand() {
    assertThat(TextDiversity.distinct(List.of("a b a b", "a b"), 2)).isCloseTo(0.5, within(1e-12));
    assertThat(TextDiversity.distinct(List.of("a"), 2)).isNaN();
    assertThat(TextDiversity.selfSimilarity(List.of("abcd", "abcd"))).isEqualTo(1);
    assertThat(TextDiversity.selfSimilarity(List.of("abcd", "bcde")))
        .isCloseTo(1.0 / 3, within(1e-12));
    assertThat(TextDiversity.selfSimilarity(List.of("a"))).isNaN();
    assertThat(TextDiversity.entropy(List.of("x", "y", "x", "y")))
        .isCloseTo(Math.log(2), within(1e-12));
  }
}
