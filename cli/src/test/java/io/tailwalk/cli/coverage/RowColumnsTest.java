package io.tailwalk.cli.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The user names the columns of prompts and responses, and of no others. */
class RowColumnsTest {
  private static final String MODEL = "builtin:austen";

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private CliRun score(String... more) {
    return CliRun.of(List.of("score", "--overwrite", "--out", table().toString()), more);
  }

  private Path table() {
    return folder.resolve("table.jsonl");
  }

  private double logProb(CliRun run) throws IOException {
    assertThat(run.code()).as(run.err()).isZero();
    return JsonText.parse(Files.readString(table())).path("log_prob").doubleValue();
  }

  @Test
  void score_namedColumns_areThePromptAndTheCompletion() throws IOException {
    String usual = file("usual.jsonl", "{\"prompt\": \"It is \", \"completion\": \"a truth\"}\n");
    String other = file("other.csv", "nr,query,reply\n7,It is ,a truth\n");
    double expected = logProb(score("--model", MODEL, "--data", usual));
    CliRun named =
        score(
            "--model", MODEL, "--data", other, "--columns", "prompt=query,completion=reply,id=nr");
    assertThat(logProb(named)).isCloseTo(expected, within(1e-12));
    assertThat(table()).content().contains("\"example_id\":\"7\"");
    // Alpaca's layout is for rows that have no prompt of their own.
    String alpaca =
        file(
            "alpaca.jsonl",
            "{\"instruction\": \"x\", \"input\": \"It is \", \"output\": \"a truth\"}\n");
    CliRun chosen =
        score("--model", MODEL, "--data", alpaca, "--columns", "prompt=input,completion=output");
    assertThat(logProb(chosen)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void generate_namedColumn_isThePromptAndOtherFieldsRemain() throws IOException {
    String prompts = file("p.tsv", "nr\tquery\tavoided\na\tIt is \te\n");
    CliRun run =
        CliRun.of(
            "generate",
            "--model",
            MODEL,
            "--prompts",
            prompts,
            "--columns",
            "prompt=query,id=nr",
            "--verifier",
            "avoid:e",
            "--max-tokens",
            "5",
            "--json",
            "--quiet");
    JsonNode row = JsonText.parse(run.out().lines().findFirst().orElse("{}"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(row.path("id").asString("")).isEqualTo("a");
    assertThat(row.path("prompt").toString()).contains("It is ");
  }

  @Test
  void wrongColumns_areRefusedInASentence() throws IOException {
    String prompts = file("p.csv", "query\nIt is\n");
    String[] usual = {
      "generate", "--model", MODEL, "--prompts", prompts, "--verifier", "any", "--columns", "?"
    };
    usual[usual.length - 1] = "prompt=qeury";
    assertThat(CliRun.of(usual).err())
        .contains("row 2", "there is no field \"qeury\"", "its fields are \"query\"");
    usual[usual.length - 1] = "promt=query";
    assertThat(CliRun.of(usual).err())
        .contains("unknown field \"promt\"", "prompt, completion, messages, id, prompt_id");
    usual[usual.length - 1] = "query";
    assertThat(CliRun.of(usual).err()).contains("--columns accepts FIELD=COLUMN");
    assertThat(CliRun.of(usual).code()).isEqualTo(2);
    assertThat(
            CliRun.of("generate", "--model", MODEL, "--prompt", "x", "--columns", "prompt=a").err())
        .contains("no effect with --prompt");
  }

  @Test
  void score_recordedSumThatIsNoSum_isRefused() throws IOException {
    String row =
        "{\"prompt\": \"a\", \"completion\": \"b\", \"logprob\": %s, \"token_logprobs\": [-1, -2]}\n";
    CliRun wrong = recorded(file("wrong.jsonl", row.formatted("-1")));
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("row 1", "\"logprob\" is -1.0, but \"token_logprobs\" sums to -3.0");
    assertThat(logProb(recorded(file("right.jsonl", row.formatted("-3")))))
        .isCloseTo(-3, within(1e-12));
  }

  private CliRun recorded(String file) {
    return score("--recorded", "other", "--data", file);
  }

  @Test
  void logsOfInspectAi_asAnArchive_nameTheirConversion() throws IOException {
    Path log = Files.write(folder.resolve("log.eval"), new byte[] {'P', 'K', 3, 4, 0, 0});
    CliRun run = CliRun.of("passk", "--samples", log.toString(), "--k", "1");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("a zip archive", "inspect log convert");
  }
}
