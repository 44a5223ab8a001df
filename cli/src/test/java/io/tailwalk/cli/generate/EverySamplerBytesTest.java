package io.tailwalk.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.cli.CliRun;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.sampling.Samplers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Same seed, same bytes, whatever the number of threads: every sampler, both kinds of tree. */
class EverySamplerBytesTest {
  private static final List<String> PROMPTS =
      List.of(
          "{\"prompt\": \"It is \"}",
          "{\"prompt\": \"In the \"}",
          "{\"prompt\": \"She \"}",
          "{\"prompt\": \"Mr. Darcy \"}",
          "{\"prompt\": \"They were \"}");

  @TempDir private Path folder;

  /** The trees that each sampler makes; others are refused. */
  private static Stream<Arguments> samplersAndTrees() {
    Map<List<String>, ExpansionRule> trees = new LinkedHashMap<>();
    trees.put(List.of(), new ExpansionRule.Enumerate());
    trees.put(List.of("--children", "4"), new ExpansionRule.Sample(4, 1));
    trees.put(List.of("--children", "4", "--block", "3"), new ExpansionRule.Sample(4, 3));
    return Samplers.names().stream()
        .flatMap(name ->
            trees.entrySet().stream()
                .filter(tree ->
                    tree.getKey().isEmpty()
                        || Samplers.create(name, Map.of()).follows(tree.getValue()))
                .map(tree -> Arguments.of(name, tree.getKey())));
  }

  @ParameterizedTest
  @MethodSource("samplersAndTrees")
  void json_oneAndTwoThreads_sameBytes(String sampler, List<String> tree) throws IOException {
    Path prompts = Files.write(folder.resolve("prompts.jsonl"), PROMPTS);
    CliRun one = generate(prompts, sampler, tree, "1", "7");
    assertThat(one.code()).as(one.err()).isEqualTo(0);
    assertThat(one.out()).isNotEmpty();
    assertThat(generate(prompts, sampler, tree, "2", "7").out()).isEqualTo(one.out());
    if (!sampler.equals("beam") || !tree.isEmpty()) {
      assertThat(generate(prompts, sampler, tree, "2", "8").out()).isNotEqualTo(one.out());
    }
  }

  private static CliRun generate(
      Path prompts, String sampler, List<String> tree, String threads, String seed) {
    List<String> args =
        new ArrayList<>(
            List.of("generate", "--model", "builtin:austen", "--prompts", "" + prompts, "--json"));
    args.addAll(List.of("--verifier", "avoid:z", "--max-tokens", "12", "--n", "3", "--quiet"));
    args.addAll(List.of("--sampler", sampler, "--budget-tokens", "900"));
    args.addAll(List.of("--threads", threads, "--seed", seed));
    args.addAll(tree);
    return CliRun.of(args.toArray(String[]::new));
  }
}
