package io.tailwalk.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.GroupJournal;
import io.tailwalk.records.Identity;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.SampleRow;
import io.tailwalk.records.SampleRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The command on the embedded model, through the real command line. */
class GenerateCommandTest {
  private static final List<String> PROMPTS =
      List.of(
          "{\"prompt\": \"It is \"}",
          "{\"id\": \"b\", \"prompt\": \"In the \"}",
          "{\"task_id\": \"c/3\", \"prompt\": \"She \", \"level\": 2}");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"vgb", "vgb-momentum", "best-of-n"})
  void rows_avoidE_holdNoE(String sampler) throws IOException {
    Path out = folder.resolve("out.jsonl");
    CliRun run = generate("--sampler", sampler, "--out", out.toString());
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    List<SampleRow> rows = SampleRows.read(out);
    assertThat(rows)
        .isNotEmpty()
        .allSatisfy(row -> {
          assertThat(row.completion().text()).doesNotContainIgnoringCase("e");
          assertThat(row.score().reward()).isEqualTo(1.0);
          assertThat(row.wallMillis()).isNull();
          assertThat(row.score().logProbs()).hasSameSizeAs(row.completion().tokenIds());
        });
    JsonNode record = JsonText.parse(Files.readString(folder.resolve("out.run.json")));
    assertThat(record.path("prompts").size()).isEqualTo(3);
    assertThat(
            record.path("prompts").path(0).path("success_probability").path("value").doubleValue())
        .isBetween(0.0, 1.0);
    assertThat(files()).containsExactly("out.jsonl", "out.run.json", "prompts.jsonl");
  }

  @Test
  void sameSeed_anyThreads_sameBytes() throws IOException {
    CliRun one = generate("--threads", "1", "--json");
    CliRun three = generate("--threads", "3", "--json");
    CliRun other = generate("--threads", "3", "--json", "--seed", "8");
    assertThat(one.out()).isNotEmpty().isEqualTo(three.out()).isNotEqualTo(other.out());
    assertThat(generate().out()).isEqualTo(generate("--threads", "2").out());
  }

  @Test
  void prompts_inAnotherOrder_sameAnswers() throws IOException {
    String inOrder = generate("--json").out();
    List<String> lines = new ArrayList<>(PROMPTS.subList(1, 3));
    lines.add("{\"id\": \"1\", \"prompt\": \"It is \"}");
    assertThat(Arrays.asList(run(lines, "--json").out().split("\n")))
        .containsExactlyInAnyOrder(inOrder.split("\n"));
  }

  @Test
  void usage_overRowsOfAPrompt_addsUpToTheRun() throws IOException {
    Path out = folder.resolve("out.jsonl");
    generate("--n", "3", "--out", out.toString());
    JsonNode record = JsonText.parse(Files.readString(folder.resolve("out.run.json")));
    for (JsonNode prompt : record.path("prompts")) {
      List<SampleRow> rows =
          SampleRows.read(out).stream()
              .filter(row -> row.id().equals(prompt.path("id").asString()))
              .toList();
      long tokens =
          rows.stream()
              .mapToLong(row -> row.usage().completionTokens() + row.usage().discardedTokens())
              .sum();
      assertThat(tokens).isEqualTo(prompt.path("cost").path("model_tokens").longValue());
      assertThat(rows.stream().mapToLong(row -> row.usage().verifierCalls()).sum())
          .isEqualTo(prompt.path("cost").path("verifier_calls").longValue());
    }
  }

  @Test
  void timing_asked_keepsMillis() throws IOException {
    assertThat(generate("--json").out()).contains("\"wall_ms\":null");
    assertThat(generate("--json", "--timing").out()).containsPattern("\"wall_ms\":\\d+");
  }

  @Test
  void existingFile_isRefusedKeptAndReplacedOnDemand() throws IOException {
    Path out = folder.resolve("out.jsonl");
    Files.writeString(out, "mine\n");
    CliRun refused = generate("--out", out.toString());
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("overwrite it, resume its run");
    assertThat(Files.readString(out)).isEqualTo("mine\n");
    assertThat(generate("--out", out.toString(), "--resume").code()).isEqualTo(2);
    assertThat(Files.readString(out)).isEqualTo("mine\n");
    assertThat(generate("--out", out.toString(), "--overwrite").code()).isEqualTo(0);
    assertThat(SampleRows.read(out)).hasSize(6);
  }

  @Test
  void lora_withAScaleThatIsNoNumber_isNamed() throws IOException {
    Path adapter = Files.writeString(folder.resolve("a.gguf"), "x");
    for (String scale : List.of("nan", "inf", "x", "")) {
      CliRun run =
          CliRun.of(
              "generate", "--model", "gguf:m", "--prompt", "x", "--lora", adapter + "=" + scale);
      assertThat(run.code()).as(scale).isEqualTo(2);
      assertThat(run.err()).contains("--lora: the scale of " + adapter, "got '" + scale + "'");
    }
  }

  @Test
  void out_thatIsAlsoTheFileOfPrompts_isRefusedAndKept() throws IOException {
    String rows = "{\"prompt\": \"It is \"}\n";
    Path file = Files.writeString(folder.resolve("both.jsonl"), rows);
    CliRun run =
        CliRun.of(
            "generate",
            "--model",
            "builtin:austen",
            "--prompts",
            file.toString(),
            "--verifier",
            "any",
            "--out",
            file.toString(),
            "--overwrite");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("is also read by this run");
    assertThat(Files.readString(file)).isEqualTo(rows);
  }

  @Test
  void run_failsAtTheSecondPrompt_keepsTheFirst() throws IOException {
    Path out = folder.resolve("out.jsonl");
    Path program =
        Files.writeString(
            folder.resolve("refuses.sh"),
            """
            while read -r line; do
              id=${line#*\\"id\\":}
              id=${id%%,*}
              case $line in
                *'"prompt":"In the "'*) echo "{\\"id\\":$id,\\"error\\":\\"not this one\\"}" ;;
                *) echo "{\\"id\\":$id,\\"pass\\":true}" ;;
              esac
            done
            """);
    CliRun failed = generate("--verifier", "cmd:sh " + program, "--out", out.toString());
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("prompt b").contains("not this one");
    assertThat(out).doesNotExist();
    assertThat(Files.readString(folder.resolve(".out.jsonl.journal"))).contains("\"id\":\"1\"");
    assertThat(generate("--out", out.toString(), "--overwrite").code()).isEqualTo(0);
    assertThat(files()).containsExactly("out.jsonl", "out.run.json", "prompts.jsonl", "refuses.sh");
  }

  @Test
  void resume_afterAKill_endsInTheSameFiles() throws IOException {
    Path whole = folder.resolve("whole.jsonl");
    generate("--out", whole.toString());
    Path cut = folder.resolve("cut.jsonl");
    killedAfterOnePrompt(cut);
    assertThat(generate("--out", cut.toString()).err()).contains("--resume");
    CliRun other = generate("--out", cut.toString(), "--resume", "--seed", "99");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains(cut + ": the seed has changed since the run began; ");
    CliRun resumed = generate("--out", cut.toString(), "--resume");
    assertThat(resumed.code()).as(resumed.err()).isEqualTo(0);
    assertThat(cut).hasSameBinaryContentAs(whole);
    assertThat(prompts(cut)).isEqualTo(prompts(whole));
    assertThat(generate("--out", cut.toString(), "--resume").err()).contains("nothing to do");
  }

  /** Leaves the journals of a run that was killed when one prompt was done. */
  private void killedAfterOnePrompt(Path out) throws IOException {
    Path whole = folder.resolve("other.jsonl");
    generate("--out", whole.toString());
    Identity key =
        Identity.read(
                JsonText.parse(Files.readString(folder.resolve("other.run.json"))).path("identity"))
            .orElseThrow();
    List<String> rows = Files.readAllLines(whole).subList(0, 2);
    String summary = JsonText.line(prompts(whole).path(0));
    try (var samples = GroupJournal.open(out, key, false);
        var hidden = GroupJournal.open(folder.resolve("cut.run.json"), key, false)) {
      hidden.append(0, List.of(summary));
      samples.append(0, rows);
    }
  }

  private static JsonNode prompts(Path samples) throws IOException {
    Path record =
        samples.resolveSibling(samples.getFileName().toString().replace(".jsonl", ".run.json"));
    return JsonText.parse(Files.readString(record)).path("prompts");
  }

  @Test
  void noCompletion_saysSoAndFails() {
    CliRun run =
        CliRun.of(
            "generate",
            "--model",
            "builtin:austen",
            "--prompt",
            "x",
            "--sampler",
            "best-of-n",
            "--verifier",
            "avoid:aeiou and length:40..50",
            "--max-tokens",
            "50",
            "--budget-tokens",
            "200");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("no completion passed");
    assertThat(run.err()).contains("--budget-tokens");
  }

  /** More tokens of the model would not help, so the sentence names what does. */
  @Test
  void noCompletionIsPossible_saysSo() {
    CliRun run =
        CliRun.of(
            "generate",
            "--model",
            "builtin:austen",
            "--prompt",
            "x",
            "--verifier",
            "regex:a.* and regex:b.*",
            "--max-tokens",
            "8");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("probability 0 (known exactly)")
        .doesNotContain("distribution of these completions");
    assertThat(run.err())
        .contains("because none that the model can write within --max-tokens passes; change")
        .doesNotContain("--budget-tokens");
  }

  private CliRun generate(String... more) throws IOException {
    return run(PROMPTS, more);
  }

  private CliRun run(List<String> prompts, String... more) throws IOException {
    Path file = folder.resolve("prompts.jsonl");
    Files.write(file, prompts);
    List<String> args =
        new ArrayList<>(
            List.of(
                "generate",
                "--model",
                "builtin:austen",
                "--prompts",
                file.toString(),
                "--verifier",
                "avoid:e",
                "--max-tokens",
                "12",
                "--n",
                "2",
                "--budget-tokens",
                "400"));
    return CliRun.of(args, more);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
