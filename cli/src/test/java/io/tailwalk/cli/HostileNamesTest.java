package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and prompts from files reach a terminal and a page as text only. */
class HostileNamesTest {
  private static final String CONTROLS = "[\\p{Cntrl}\\x{80}-\\x{9f}\\x{202e}&&[^\n\t]]";

  /** As it is in a file of JSON. */
  private static final String ID = "\\u001b[2J\\u009b1m\\u202e</script><script>alert(1)</script>";

  @TempDir private Path folder;

  private Path prompts(String text) throws IOException {
    return Files.writeString(
        folder.resolve("prompts.jsonl"),
        "{\"id\": \"%s\", \"prompt\": \"%s\"}\n".formatted(ID, text));
  }

  @Test
  void generate_hostileIdAndLongPrompt_printsTextOnly() throws IOException {
    String prompt = "It is ".repeat(5_000);
    CliRun run =
        CliRun.of(
            "generate",
            "--model",
            "builtin:austen",
            "--prompts",
            prompts(prompt).toString(),
            "--sampler",
            "ancestral",
            "--max-tokens",
            "4",
            "--quiet");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith("prompt ␛[2J\ufffd1m\ufffd</script>")
        .contains("… (10,000 more characters)")
        .doesNotContainPattern(CONTROLS);
  }

  @Test
  void tail_hostileId_printsAndPagesTextOnly() throws IOException {
    Path out = folder.resolve("out");
    CliRun run =
        CliRun.of(
            "tail",
            "--model",
            "builtin:austen",
            "--prompts",
            prompts("It is ").toString(),
            "--verifier",
            "avoid:e",
            "--max-tokens",
            "6",
            "--quiet",
            "--out",
            out.toString());
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("␛[2J").doesNotContainPattern(CONTROLS);
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page).contains("␛[2J").doesNotContain("<script>alert").doesNotContain("\u001b");
  }

  @Test
  void failure_withAHostileName_isOneLineOfText() {
    CliRun run = CliRun.of("generate", "--model", "gguf:no\u001b[2J\u009b\nfile", "--prompt", "x");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().strip()).doesNotContainPattern(CONTROLS).doesNotContain("\n");
  }

  @Test
  void console_wordsAreMadeSafe_dataIsNot() {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            80,
            true,
            true);
    console.print("a\u001b[2J\n\tb");
    console.data("{\"a\":\"\u009b\"}");
    console.tell("c\u0007");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a␛[2J\n\tb\n{\"a\":\"\u009b\"}\n");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("c␇\n");
  }
}
