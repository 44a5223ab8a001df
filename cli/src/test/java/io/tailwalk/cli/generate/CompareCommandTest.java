package io.tailwalk.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
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
    return CliRun.of(args, more);
  }

  /**
   * On so short a tail the distribution is known; auto comes close to it and plain draws of all do
   * not.
   */
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
            "target_distribution",
            "used_share",
            "budget_given",
            "tokens_of_other_runs",
            "warning",
            "accuracy",
            "prompts_solved",
            "distinct_1",
            "distinct_2",
            "distinct_3",
            "self_similarity",
            "entropy",
            "distance",
            "on_frontier",
            "cost",
            "prompts");
    assertThat(auto.get("distance").doubleValue()).isLessThan(0.05);
    assertThat(auto.get("accuracy").doubleValue()).isEqualTo(1);
    JsonNode ancestral = json.get("samplers").get(1);
    assertThat(ancestral.get("distance").doubleValue()).isGreaterThan(0.1);
    assertThat(json.get("samplers").get(2).get("sampler").stringValue())
        .isEqualTo("vgb:walks=1,calibrate=0");
  }

  /**
   * Those that stop at n elsewhere, those that go past their budget, and one that ends by itself.
   */
  @Test
  void use_longCompletions_isEqualOrWarnedOf() {
    CliRun run =
        CliRun.of(
            "compare",
            "--model",
            "builtin:austen",
            "--prompt",
            "It is ",
            "--n",
            "4",
            "--json",
            "--verifier",
            "avoid:e",
            "--max-tokens",
            "40",
            "--budget-tokens",
            "3000",
            "--exact-nodes",
            "0",
            "--samplers",
            "ancestral;outcome-rejection;action-rejection;block-rejection;tokenwise-backtracking;"
                + "best-of-n;action-importance;auto;smc;particle-gibbs;vgb-momentum;vgb;beam");
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    for (JsonNode sampler : JsonText.parse(run.out()).get("samplers")) {
      String name = sampler.get("sampler").stringValue();
      double share = sampler.get("used_share").doubleValue();
      double tokens = sampler.get("cost").get("model_tokens").doubleValue();
      assertThat(share).as(name).isCloseTo(tokens / 3000, within(1e-12));
      if (name.equals("beam")) {
        assertThat(share).isLessThan(0.1);
        assertThat(sampler.get("warning").stringValue())
            .startsWith("beam used 5% of the budget: it ends by itself");
        assertThat(run.err()).contains("beam used 5%");
      } else {
        assertThat(share).as(name).isBetween(0.9, 1.1);
        assertThat(sampler.get("warning").isNull()).as(name).isTrue();
      }
      assertThat(sampler.get("prompts").get(0).get("completions").intValue())
          .as(name)
          .isLessThanOrEqualTo(4);
    }
  }

  @Test
  void out_writesReportAndTable() throws IOException {
    Path out = folder.resolve("out");
    CliRun run = compare("--samplers", "auto;best-of-n", "--exact-nodes", "0", "--out", "" + out);
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    assertThat(run.out()).contains("self-similarity").contains("best-of-n");
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("On the frontier")
        .contains("Accuracy and diversity")
        .contains("Accuracy and cost");
    JsonNode json = JsonText.parse(Files.readString(out.resolve("compare.json")));
    assertThat(json.get("samplers").get(0).get("distance").isNull()).isTrue();
  }

  @Test
  void samplers_badSpec_isRefused() {
    assertThat(compare("--samplers", "auto;auto").err()).contains("twice");
    assertThat(compare("--samplers", "smc:particles").err()).contains("smc:key=value");
    CliRun unknown = compare("--samplers", "smc:particle=3");
    assertThat(unknown.err()).contains("has no parameter 'particle'");
    assertThat(unknown.code()).isEqualTo(2);
  }

  @Test
  void flagsOfOneSampler_areRefused() {
    for (String flag : List.of("--sampler=vgb", "--param=walks=1")) {
      CliRun run = compare(flag);
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains(flag.substring(0, flag.indexOf('=')));
    }
  }
}
