package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.runs.models.ModelList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deep, long and secret input ends in one sentence, in bounded lines and in bounded time. */
class OutsideInputTest {
  private static final List<String> GENERATE =
      List.of("generate", "--model", "builtin:austen", "--prompt", "It is ", "--quiet");

  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void assertRefused(CliRun run, String... said) {
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).doesNotContain("internal error");
    assertThat(List.of(said)).allMatch(run.err()::contains);
    assertThat(run.err().length()).isLessThan(2_200);
    assertThat(run.err()).doesNotContainPattern("[a-z]\\.[A-Z][A-Za-z]+(Exception|Error)|`");
  }

  @Test
  void deepFiles_areRefusedInOneSentence() throws IOException {
    Path tree = file("tree.json", "{\"nodes\":" + "[".repeat(100_000));
    assertRefused(CliRun.of("lab", "tree", tree.toString()), "tree.json", "nesting depth");
    Map<String, Path> specs =
        Map.of(
            "grammar",
            file("g.gbnf", "root ::= " + "(".repeat(200_000) + "\"a\"" + ")".repeat(200_000)),
            "json-schema",
            file(
                "s.json",
                "{\"type\":\"string\",\"pattern\":\""
                    + "(".repeat(50_000)
                    + "a"
                    + ")".repeat(50_000)
                    + "\"}"));
    specs.forEach((kind, spec) ->
        assertRefused(
            CliRun.of(GENERATE, "--verifier", kind + ":" + spec),
            spec.getFileName().toString(),
            "nest"));
    Path recipe = file("recipe.yaml", "a: " + "[".repeat(100_000));
    assertRefused(CliRun.of("train", recipe.toString()), "recipe.yaml");
  }

  @Test
  void longChain_isATreeLikeAnyOther() throws IOException {
    int size = 12_000;
    var nodes = new StringBuilder("{\"id\":\"n0\"}");
    for (int i = 1; i < size; i++) {
      nodes.append(",{\"id\":\"n%d\",\"parent\":\"n%d\",\"pi\":1,".formatted(i, i - 1));
      nodes.append(i < size - 1 ? "\"value\":1}" : "\"tau\":1}");
    }
    Path chain = file("chain.json", "{\"nodes\":[" + nodes + "]}");
    CliRun run = CliRun.of("lab", "tree", chain.toString(), "--json");
    assertThat(run.err()).doesNotContain("internal error");
    assertThat(run.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prm:127.0.0.1:18765/classify?api_key=S3CRET",
        "prm:http://user:S3C/S3CRET@host/classify",
        "prm:http://h/classify?api_key=S3CRET,S3CRET",
        "prm:ftp://u:S3CRET@h/classify",
        "127.0.0.1:18765/classify?api_key=S3CRET",
        "any and prm[x]:h/classify?api_key=S3CRET",
      })
  void keysInAddresses_areNotRepeated(String spec) {
    CliRun run = CliRun.of(GENERATE, "--verifier", spec);
    assertRefused(run);
    assertThat(run.err()).doesNotContain("S3C");
    CliRun misplaced = CliRun.of(GENERATE, spec);
    assertRefused(misplaced);
    assertThat(misplaced.err()).doesNotContain("S3C");
  }

  @Test
  void longNames_areCutInTablesAndSentences() throws IOException {
    String name = "m".repeat(100_000);
    Path table =
        file(
            "t.csv",
            "example_id,prompt_id,model,log_prob,tokens\n"
                + "e1,p1,%s,-1,3\ne1,p1,b,-2,3\ne2,p2,%s,-1,3\ne2,p2,b,-2,3\n"
                    .formatted(name, name));
    CliRun run = CliRun.of("select", "--scores", table.toString(), "--n", "2");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("mmm…").contains("The choice is mmm");
    assertThat(run.out().lines()).allMatch(line -> line.length() < 400);
  }

  @Test
  void longPromptId_isCut() throws IOException {
    Path prompts =
        file("p.jsonl", "{\"id\":\"%s\",\"prompt\":\"It is \"}\n".formatted("i".repeat(5_000)));
    CliRun run =
        CliRun.of(
            "generate",
            "--model",
            "builtin:austen",
            "--prompts",
            prompts.toString(),
            "--sampler",
            "ancestral",
            "--max-tokens",
            "4",
            "--quiet");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("iii…: It is ");
    assertThat(run.out().lines()).allMatch(line -> line.length() < 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "vgb", "smc", "action-rejection", "beam", "particle-gibbs"})
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void budget_boundsOneBlock(String sampler) {
    CliRun run =
        CliRun.of(
            GENERATE,
            "--verifier",
            "avoid:e",
            "--sampler",
            sampler,
            "--children",
            "100000",
            "--block",
            "1000000",
            "--max-tokens",
            "1000000",
            "--budget-tokens",
            "50");
    assertThat(run.err()).doesNotContain("internal error");
    assertThat(run.code()).isIn(0, 1);
    assertThat(run.out()).containsPattern("-- [1-7]?\\d model tokens? in");
  }

  @Test
  void models_linkToAFolder_isFollowed() throws IOException {
    Path real = Files.createDirectories(folder.resolve("real"));
    Files.write(real.resolve("x.gguf"), new byte[] {1, 2, 3});
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    CliRun run = CliRun.of("models", "--dir", link.toString());
    assertThat(run.out()).contains(link.resolve("x.gguf").toString());
    Path broken = Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("none"));
    assertThat(ModelList.of(List.of(broken)).hasFiles()).isFalse();
  }
}
