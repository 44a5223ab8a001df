package io.tailwalk.cli.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.cli.ChildRun;
import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every command reads standard input in the place of a file, and says the same. */
class StandardInputTest {
  /** Model b under-weights one of two responses by e^7. */
  private static final String SCORES =
      """
      example_id,prompt_id,model,log_prob,tokens,reference_log_prob
      1,1,a,-1,3,-1
      1,1,b,-8,3,-1
      2,2,a,-2,3,-2
      2,2,b,-2,3,-2
      """;

  private static final String PROMPTS =
      """
      {"id": "p", "prompt": "It is "}
      {"id": "q", "prompt": "She was "}
      """;
  private static final String DATA =
      """
      {"id": "p", "prompt": "It is ", "completion": "true"}
      {"id": "q", "prompt": "She was ", "completion": "happy"}
      """;
  private static final String SAMPLES =
      """
      {"task_id": "p", "passed": true}
      {"task_id": "p", "passed": false}
      {"task_id": "q", "passed": false}
      {"task_id": "q", "passed": false}
      """;

  @TempDir private Path folder;

  private static String text(String name) {
    return switch (name) {
      case "SCORES" -> SCORES;
      case "PROMPTS" -> PROMPTS;
      case "DATA" -> DATA;
      default -> SAMPLES;
    };
  }

  /** The commands with FILE for the input, and a field of the result with its value. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SCORES  | select --n 4 --json --scores FILE | /matrix/1/0 | 0.5",
        "SCORES  | profile --ns 4 --json --scores FILE | /models/1/points/0/coverage | 0.5",
        "SAMPLES | passk --k 1,2 --json --samples x=FILE | /runs/0/pass_at_k/1/value | 0.5",
        "DATA    | select --race --model builtin:austen --model hot=builtin:austen@3 --n 2 --json --data FILE"
            + " | /models/1 | hot",
        "PROMPTS | tail --model builtin:austen --verifier any --max-tokens 3 --json --quiet --prompts FILE"
            + " | /prompts/1/id | q",
        "PROMPTS | compare --model builtin:austen --verifier any --max-tokens 3 -n 2 --samplers ancestral;best-of-n"
            + " --json --quiet --prompts FILE | /samplers/1/prompts/1/id | q",
        "SCORES  | inspect --json FILE | /rows | 4",
      })
  void aDash_isStandardInput(String input, String command, String field, String value)
      throws IOException {
    String file = Written.text(folder.resolve("input"), text(input));
    CliRun named = CliRun.of(command.replace("FILE", file).split(" "));
    CliRun piped = Written.withInput(text(input), command.replace("FILE", "-").split(" "));
    assertThat(named.code()).as(named.err()).isZero();
    assertThat(piped.code()).as(piped.err()).isZero();
    assertThat(JsonText.parse(piped.out()).at(field).asString()).isEqualTo(value);
    assertThat(JsonText.parse(named.out()).at(field).asString()).isEqualTo(value);
  }

  @Test
  void generate_readsPromptsFromStandardInput() throws IOException {
    String command =
        "generate --model builtin:austen --sampler ancestral --max-tokens 3 --json --quiet --prompts ";
    CliRun piped = Written.withInput(PROMPTS, (command + "-").split(" "));
    assertThat(piped.code()).as(piped.err()).isZero();
    assertThat(piped.out().lines().map(JsonText::parse))
        .extracting(row -> row.get("id").stringValue() + row.get("prompt").stringValue())
        .containsExactly("pIt is ", "qShe was ");
    String file = Written.text(folder.resolve("p.jsonl"), PROMPTS);
    assertThat(CliRun.of((command + file).split(" ")).out()).isEqualTo(piped.out());
  }

  @Test
  void score_andValueTrain_writeTheSameBytes() throws IOException {
    String file = Written.text(folder.resolve("d.jsonl"), DATA);
    for (String command :
        List.of(
            "score --model builtin:austen --data FILE --out DIR/OUT.csv",
            "value train --model builtin:austen --verifier avoid:e --max-tokens 3 --rollouts 40 --force"
                + " --quiet --prompts FILE --out DIR/OUT.csv")) {
      String words = command.replace("DIR", folder.toString());
      CliRun named = CliRun.of(words.replace("FILE", file).replace("OUT", "named").split(" "));
      CliRun piped =
          Written.withInput(DATA, words.replace("FILE", "-").replace("OUT", "piped").split(" "));
      assertThat(named.code()).as(named.err()).isZero();
      assertThat(piped.code()).as(piped.err()).isZero();
      Path result = folder.resolve("piped.csv");
      assertThat(result).hasSameBinaryContentAs(folder.resolve("named.csv"));
      for (String name : List.of("named", "piped")) {
        Files.delete(folder.resolve(name + ".csv"));
        Files.deleteIfExists(folder.resolve(name + ".run.json"));
      }
    }
  }

  @Test
  void export_readsAResultFromStandardInput() {
    CliRun profile = Written.withInput(SCORES, "profile", "--scores", "-", "--ns", "4", "--json");
    CliRun export = Written.withInput(profile.out(), "export", "-", "--to", "jsonl");
    assertThat(export.code()).as(export.err()).isZero();
    List<JsonNode> lines = export.out().lines().map(JsonText::parse).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getLast().get("name").stringValue()).isEqualTo("b");
    assertThat(lines.getLast().get("coverage/n4").doubleValue()).isEqualTo(0.5);
    assertThat(lines.getLast().get("cross_entropy").doubleValue()).isEqualTo(5);
  }

  /** A pipe is read as a whole, whatever it is called; the rows are those of the file. */
  @ParameterizedTest
  @ValueSource(strings = {"/dev/stdin", "-", "<(cat input)"})
  void aPipe_isAFile(String name) throws IOException, InterruptedException {
    Written.text(folder.resolve("input"), SCORES);
    String said = shell("cat input | RUN --scores " + name, "select", "--n", "4", "--json");
    assertThat(JsonText.parse(said).at("/matrix/1/0").doubleValue()).isEqualTo(0.5);
  }

  @Test
  void aPipeOfPrompts_isAFile() throws IOException, InterruptedException {
    Written.gzip(folder.resolve("input"), PROMPTS);
    String said =
        shell(
            "cat input | RUN --prompts /dev/stdin",
            "generate",
            "--model",
            "builtin:austen",
            "--sampler",
            "ancestral",
            "--max-tokens",
            "2",
            "--json",
            "--quiet");
    assertThat(said.lines().map(JsonText::parse))
        .extracting(row -> row.get("id").stringValue())
        .containsExactly("p", "q");
  }

  private String shell(String script, String... words) throws IOException, InterruptedException {
    Process process =
        ChildRun.inShell(script, words)
            .directory(folder.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("err"))).isZero();
    return out;
  }
}
