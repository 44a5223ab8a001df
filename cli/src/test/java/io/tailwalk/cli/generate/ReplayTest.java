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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ReplayTest {
  @TempDir private Path folder;

  private static CliRun generate(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("generate", "--model", "builtin:austen", "--prompt", "It is ", "--quiet"));
    args.addAll(List.of("--verifier", "avoid:e", "--max-tokens", "6", "--budget-tokens", "60"));
    return CliRun.of(args, more);
  }

  private static CliRun walk(String... more) {
    List<String> args = new ArrayList<>(List.of("--sampler", "vgb-momentum"));
    args.addAll(List.of(more));
    return generate(args.toArray(String[]::new));
  }

  private JsonNode page(String name) throws IOException {
    JsonNode json = JsonText.parse(Files.readString(folder.resolve(name + ".json")));
    for (JsonNode block : json.get("sections").get(0).get("blocks")) {
      if (block.get("kind").stringValue().equals("replay")) {
        return block;
      }
    }
    throw new AssertionError("no replay");
  }

  /** One walk, few steps: leaves reached in the replay are the leaf visits of the run. */
  @ParameterizedTest
  @ValueSource(strings = {"vgb", "vgb-momentum"})
  void replay_oneWalk_holdsEveryStepOfTheRun(String sampler) throws IOException {
    Path out = folder.resolve("s.jsonl");
    CliRun run =
        generate(
            "--sampler",
            sampler,
            "--param",
            "walks=1",
            "--param",
            "tours=3",
            "--out",
            out.toString(),
            "--replay",
            folder.resolve("w.html").toString());
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    JsonNode block = page("w");
    JsonNode nodes = block.get("nodes");
    int leaves = 0;
    int before = 0;
    int tours = 0;
    for (JsonNode step : block.get("steps")) {
      int here = step.intValue();
      boolean down = here > 0 && nodes.get(here).get("parent").intValue() == before;
      leaves += down && !nodes.get(here).get("kind").stringValue().equals("inner") ? 1 : 0;
      tours += here == 0 && before != 0 ? 1 : 0;
      before = here;
    }
    JsonNode counts =
        JsonText.parse(Files.readString(folder.resolve("s.run.json")))
            .get("prompts")
            .get(0)
            .get("diagnostics");
    assertThat(leaves).isPositive();
    assertThat((double) leaves).isEqualTo(counts.get("leaf_visits").doubleValue());
    assertThat((double) tours).isEqualTo(counts.get("tours").doubleValue()).isEqualTo(3);
    assertThat(block.get("steps").get(block.get("steps").size() - 1).intValue()).isZero();
    JsonNode row = JsonText.parse(Files.readAllLines(out).getFirst());
    boolean drawn = false;
    for (JsonNode node : nodes) {
      if (node.get("kind").stringValue().equals("passed")) {
        drawn |=
            Math.abs(node.get("log_prob").doubleValue() - row.get("log_prob").doubleValue()) < 1e-9;
        assertThat(node.get("value").doubleValue()).isCloseTo(1, within(1e-12));
      }
    }
    assertThat(drawn).isTrue();
  }

  @Test
  void replay_changesNothing_andIsTheSameAtAnyThreads() throws IOException {
    String plain = walk("--json", "--children", "3").out();
    CliRun one = walk("--json", "--children", "3", "--replay", folder.resolve("a.html").toString());
    assertThat(one.out()).isEqualTo(plain);
    walk(
        "--json",
        "--children",
        "3",
        "--threads",
        "2",
        "--replay",
        folder.resolve("b.html").toString());
    assertThat(page("a")).isEqualTo(page("b"));
    assertThat(folder.resolve("a.html")).exists();
    assertThat(folder.resolve("a.md")).exists();
  }

  @Test
  void replay_longWalk_isCutAndSaysSo() throws IOException {
    CliRun run = walk("--budget-tokens", "3000", "--replay", folder.resolve("w.html").toString());
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    JsonNode block = page("w");
    assertThat(block.get("nodes").size()).isLessThanOrEqualTo(400);
    assertThat(block.get("steps").size()).isLessThanOrEqualTo(2000);
    assertThat(block.get("description").stringValue()).contains("Shown are the first");
  }

  @Test
  void replay_whereThereIsNone_isRefusedInASentence() {
    String page = folder.resolve("w.html").toString();
    refused(generate("--replay", page, "--sampler", "best-of-n"), "best-of-n");
    refused(
        generate(
            "--replay",
            page,
            "--sampler",
            "vgb",
            "--param",
            "form=fixed-time",
            "--param",
            "steps=9"),
        "form fixed-time");
    refused(generate("--replay", folder.resolve("w").toString()), "must end in .html");
    refused(
        generate("--replay", page, "--resume", "--out", folder.resolve("s.jsonl").toString()),
        "--resume");
    assertThat(folder).isEmptyDirectory();
  }

  /** A prompt's walk depends on its id and text only, so alone or among others it is the same. */
  @Test
  void replayPrompt_second_isTheWalkThatItHasAlone() throws IOException {
    String b = "{\"id\": \"b\", \"prompt\": \"She was \"}\n";
    Path both =
        Files.writeString(
            folder.resolve("p.jsonl"), "{\"id\": \"a\", \"prompt\": \"It is \"}\n" + b);
    Path alone = Files.writeString(folder.resolve("b.jsonl"), b);
    assertThat(replayed(alone, "alone").code()).isZero();
    assertThat(replayed(both, "second", "--replay-prompt", "b").code()).isZero();
    assertThat(replayed(both, "first").code()).isZero();
    assertThat(page("second")).isEqualTo(page("alone")).isNotEqualTo(page("first"));
    assertThat(Files.readString(folder.resolve("second.md"))).contains("prompt b");
    CliRun unknown = replayed(both, "no", "--replay-prompt", "c");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("--replay-prompt: no prompt has the id c")
        .contains("first is a")
        .hasLineCount(1);
    refused(generate("--replay-prompt", "1"), "give --replay FILE.html");
  }

  private CliRun replayed(Path prompts, String name, String... more) {
    List<String> args =
        new ArrayList<>(List.of("generate", "--model", "builtin:austen", "--quiet", "--prompts"));
    args.add(prompts.toString());
    args.addAll(List.of("--verifier", "avoid:e", "--max-tokens", "6", "--budget-tokens", "60"));
    args.addAll(List.of("--sampler", "vgb-momentum", "--param", "interval_share=0"));
    args.addAll(List.of("--replay", folder.resolve(name + ".html").toString()));
    return CliRun.of(args, more);
  }

  private static void refused(CliRun run, String why) {
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--replay").contains(why).hasLineCount(1);
  }
}
