package io.tailwalk.lab.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.records.TableException;
import io.tailwalk.sampling.Samplers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Z of this tree is 0.5 * (0.2 * 1 + 0.8 * 0.5) + 0.5 * 0.1 = 0.35. */
class TreeRunTest {
  private static final String TREE =
      """
      {"nodes": [
        {"id": "root", "parent": null},
        {"id": "a", "parent": "root", "pi": 0.5, "value": 0.9},
        {"id": "b", "parent": "root", "pi": 0.5, "tau": 0.1},
        {"id": "c", "parent": "a", "pi": 0.2, "tau": 1},
        {"id": "d", "parent": "a", "pi": 0.8, "tau": 0.5}
      ]}
      """;

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("tree.json"), text);
  }

  private TreeResult run(String sampler, int repeats, long seed) throws IOException {
    return new TreeRun(
            TreeFile.read(file(TREE)),
            Samplers.create(sampler, Map.of()),
            Budget.UNLIMITED.withSteps(20_000),
            repeats,
            seed)
        .run();
  }

  /** Total variation 0.03 is five standard deviations of 5000 visits. */
  @ParameterizedTest
  @CsvSource({"vgb-momentum", "vgb", "smc", "action-importance", "outcome-rejection", "auto"})
  void run_exactSampler_findsDistributionAndMass(String sampler) throws IOException {
    TreeResult result = run(sampler, 3, 5);
    assertThat(result.exactMass()).isCloseTo(0.35, within(1e-15));
    assertThat(result.exactDistribution()).containsKeys("b", "c", "d").hasSize(3);
    assertThat(result.exactDistribution().get("c")).isCloseTo(0.1 / 0.35, within(1e-12));
    assertThat(result.totalVariation()).isLessThan(0.03);
    assertThat(result.mass().orElseThrow().value()).isCloseTo(0.35, within(0.02));
    assertThat(result.distribution().values().stream().mapToDouble(p -> p).sum())
        .isCloseTo(1, within(1e-12));
  }

  /** It draws c, d, b with 0.3, 0.6, 0.1 where the target says 2/7, 4/7, 1/7: 3/70 apart. */
  @Test
  void run_actionRejection_isSeenToBeBiasedAndShowsWhatIsCertain() throws IOException {
    TreeResult result = run("action-rejection", 3, 5);
    assertThat(result.totalVariation()).isCloseTo(3.0 / 70, within(0.01));
    ObjectNode probability = (ObjectNode) result.json().get("success_probability");
    assertThat(probability.get("low_kind").stringValue()).isEqualTo("certain");
    assertThat(probability.get("high_kind").stringValue()).isEqualTo("certain");
    assertThat(0.35)
        .isBetween(probability.get("low").doubleValue(), probability.get("high").doubleValue());
  }

  @Test
  void json_hasTheStatedKeysInOrder() throws IOException {
    ObjectNode json = run("vgb-momentum", 1, 5).json();
    assertThat(json.propertyNames())
        .containsExactly(
            "z_exact",
            "z",
            "z_low",
            "z_high",
            "success_probability",
            "covered",
            "open_ends",
            "tv",
            "distribution_exact",
            "distribution",
            "cost");
    assertThat(json.get("success_probability").propertyNames())
        .containsExactly(
            "value", "low", "high", "low_kind", "high_kind", "certain_low", "certain_high");
    assertThat(json.get("success_probability").get("low")).isEqualTo(json.get("z_low"));
    assertThat(json.get("z_low").doubleValue()).isLessThan(json.get("z_high").doubleValue());
    assertThat(json.get("cost").propertyNames())
        .containsExactly(
            "model_tokens",
            "model_calls",
            "nodes_expanded",
            "value_calls",
            "verifier_calls",
            "steps");
  }

  @Test
  void run_sameSeed_sameNumbers() throws IOException {
    assertThat(run("smc", 2, 5).json()).isEqualTo(run("smc", 2, 5).json());
    assertThat(run("smc", 2, 5).json()).isNotEqualTo(run("smc", 2, 6).json());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"pi\": 0.2'|'\"pi\": 0.3'|node \"a\" has children whose pi sum to 1.1",
        "'\"pi\": 0.2, '|''|node \"c\" has no pi",
        "'\"value\": 0.9'|'\"tau\": 0.9'|node \"a\" has children and therefore no tau",
        "'\"tau\": 1}'|'\"tua\": 1}'|node \"c\" has an unknown field \"tua\"",
        "'\"tau\": 1}'|'\"tau\": \"1\"}'|node \"c\" has a string as \"tau\"",
        "'\"parent\": \"a\", \"pi\": 0.2'|'\"parent\": \"x\", \"pi\": 0.2'|node \"c\" names a parent",
        "'\"id\": \"b\"'|'\"id\": \"a\"'|node \"a\" is given twice",
        "'\"nodes\"'|'\"node\"'|unknown field \"node\"",
        "'[\n'|'\n'|is not JSON",
        "'\"pi\": 0.2'|'\"pi\": NaN'|is not JSON: NaN is not a number in JSON (line 5); fix it.",
        "'\"tau\": 1}'|'\"tau\": -Infinity}'|is not JSON: -Infinity is not a number in JSON (line 5)",
        "'\"tau\": 1}'|'\"tau\": 1 /* one */}'|maybe a (non-standard) comment? (line 5); fix it.",
        "'\"tau\": 1}'|'\"tau\": 1e999}'|node \"c\" has a tau of Infinity, above 1e300",
        "'\"tau\": 1}'|'\"tau\": 1.7e308}'|node \"c\" has a tau of 1.7E308, above 1e300",
        "'\"parent\": \"root\", \"pi\": 0.5, \"v'|'\"parent\": \"d\", \"pi\": 0.5, \"v'|\"a\" is its own",
      })
  void read_faultyTree_namesFileAndNode(String from, String to, String complaint)
      throws IOException {
    Path file = file(TREE.replace(from.replace("\\n", "\n"), to.replace("\\n", "\n")));
    assertThatThrownBy(() -> TreeFile.read(file))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("tree.json")
        .hasMessageContaining(complaint)
        .hasMessageNotContainingAny("Feature", "enable", "INCLUDE_SOURCE");
  }

  /** Stated or not, a largest reward of 0 says that Z is 0, whatever has been seen. */
  @ParameterizedTest
  @CsvSource({"vgb", "auto", "outcome-rejection", "smc", "best-of-n"})
  void run_largestRewardOfZero_isCertainHoweverItIsSpelt(String sampler) throws IOException {
    String tree = TREE.replaceAll("\"tau\": [0-9.]+", "\"tau\": 0");
    for (String bound : new String[] {"", "\"bound\": 0, ", "\"bound\": 0.0, "}) {
      Path file = file(tree.replace("\"nodes\"", bound + "\"nodes\""));
      var budget = Budget.UNLIMITED.withSteps(20).withNodes(1);
      TreeResult result =
          new TreeRun(TreeFile.read(file), Samplers.create(sampler, Map.of()), budget, 1, 0).run();
      Interval interval = result.mass().orElseThrow().interval();
      assertThat(interval).as(bound).isEqualTo(Interval.exactly(0));
    }
    Path bounded = file(tree.replace("\"nodes\"", "\"bound\": 0.5, \"nodes\""));
    var budget = Budget.UNLIMITED.withSteps(20).withNodes(1);
    TreeResult open =
        new TreeRun(TreeFile.read(bounded), Samplers.create(sampler, Map.of()), budget, 1, 0).run();
    assertThat(open.mass().orElseThrow().high()).isGreaterThan(0.01);
  }

  @ParameterizedTest
  @CsvSource({"vgb", "auto", "outcome-rejection", "smc"})
  void run_treeWithoutMass_isATruthLikeAnyOther(String sampler) throws IOException {
    Path file = file("{\"nodes\":[{\"id\":1},{\"id\":2,\"parent\":1,\"pi\":1,\"tau\":0}]}");
    var budget = Budget.UNLIMITED.withSteps(100);
    TreeResult result =
        new TreeRun(TreeFile.read(file), Samplers.create(sampler, Map.of()), budget, 2, 0).run();
    assertThat(result.exactMass()).isZero();
    assertThat(result.covered()).isEqualTo(1);
    assertThat(result.json().get("tv").isNull()).isTrue();
    assertThat(result.exactDistribution()).containsExactly(Map.entry("2", 0.0));
  }

  @Test
  void read_bound_isDeclaredAndElseTheLargestTau() throws IOException {
    assertThat(TreeFile.read(file(TREE)).problem().verifier().logRewardBound()).isZero();
    Path file = file(TREE.replace("\"nodes\"", "\"bound\": 2, \"nodes\""));
    assertThat(TreeFile.read(file).problem().verifier().logRewardBound())
        .isCloseTo(Math.log(2), within(1e-15));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.5|tree node \"c\" has a tau of 1.0, above the bound 0.5; fix the tree.",
        "0|tree node \"b\" has a tau of 0.1, above the bound 0.0; fix the tree.",
        "\"1\"|\"bound\" is a string; give a number from 0 to 1e300",
        "-1|\"bound\" is -1; give a number from 0 to 1e300",
        "1e999|\"bound\" is Infinity; give a number from 0 to 1e300",
        "1e301|\"bound\" is 1.0E301; give a number from 0 to 1e300",
      })
  void read_badBound_isOneSentence(String bound, String complaint) throws IOException {
    Path file = file(TREE.replace("\"nodes\"", "\"bound\": " + bound + ", \"nodes\""));
    assertThatThrownBy(() -> TreeFile.read(file))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("tree.json")
        .hasMessageContaining(complaint);
  }

  /** Each run's own interval is counted, not the printed one. */
  @Test
  void run_repeats_countsWhichHoldAndWhichAreOpen() throws IOException {
    TreeResult result = run("outcome-rejection", 40, 5);
    assertThat(result.covered()).isBetween(0.85, 1.0);
    assertThat(result.openEnds()).isZero();
    assertThat(run("action-rejection", 3, 5).openEnds()).isZero();
  }
}
