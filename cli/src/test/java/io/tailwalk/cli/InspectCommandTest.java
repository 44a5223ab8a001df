package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class InspectCommandTest {
  @TempDir private Path folder;

  private JsonNode inspect(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    CliRun run = CliRun.of("inspect", file.toString(), "--json");
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    return JsonText.parse(run.out());
  }

  private static JsonNode use(JsonNode inspection, String command) {
    for (JsonNode use : inspection.path("uses")) {
      if (use.path("command").stringValue().startsWith(command)) {
        return use;
      }
    }
    throw new AssertionError("no command " + command);
  }

  @Test
  void scoreTable_isReadBySelectOnly() throws IOException {
    JsonNode json =
        inspect(
            "t.csv",
            "example_id;prompt_id;model;logprob;note\na;p;m1;-1;x\na;p;m2;-2;\nb;p;m1;-3;\nb;p;m2;-1;\n");
    assertThat(json.path("format").stringValue()).isEqualTo("separated values with a header");
    assertThat(json.path("kind").stringValue()).startsWith("score table");
    assertThat(json.path("rows").intValue()).isEqualTo(4);
    JsonNode logProb = json.path("columns").path(3);
    assertThat(logProb.path("name").stringValue()).isEqualTo("logprob");
    assertThat(logProb.path("meanings").toString()).contains("log_prob");
    assertThat(json.path("columns").path(4).path("rows").intValue()).isEqualTo(1);
    JsonNode select = use(json, "select");
    assertThat(select.path("reads").booleanValue()).isTrue();
    assertThat(select.path("answer").stringValue())
        .startsWith("2 examples of 1 prompt under 2 models: \"m1\", \"m2\"");
    assertThat(use(json, "passk").path("reads").booleanValue()).isFalse();
    assertThat(use(json, "generate").path("reads").booleanValue()).isFalse();
  }

  @Test
  void gradedSamples_areReadByPassk() throws IOException {
    JsonNode json =
        inspect(
            "s.jsonl",
            """
            {"task_id": "T/0", "completion": "x", "passed": 1}
            {"task_id": "T/0", "completion": "y", "passed": 0}
            {"task_id": "T/1", "completion": "y", "passed": 0}
            """);
    assertThat(use(json, "passk").path("answer").stringValue())
        .isEqualTo("s: 2 tasks, at least 1 sample each");
    assertThat(use(json, "select").path("reads").booleanValue()).isFalse();
    assertThat(json.path("first").size()).isEqualTo(3);
  }

  @Test
  void table_escapesTextOfTheFile() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("x.jsonl"), "{\"prompt\": \"a\\u001b[2Jb\", \"\\u202ec\": 1}\n");
    CliRun run = CliRun.of("inspect", file.toString());
    assertThat(run.code()).isEqualTo(0);
    assertThat(run.out())
        .contains(" bytes, 1 row\ntaken for: prompts")
        .doesNotContain("\u001b", "\u202e");
  }

  @Test
  void missingFile_oneSentence() {
    CliRun run = CliRun.of("inspect", folder.resolve("nothing*.csv").toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("no such file");
  }
}
