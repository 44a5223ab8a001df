package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.console.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A full disk is an error of every command; a reader that has gone ends a command quietly. */
@EnabledOnOs(OS.LINUX)
class OutputErrorsTest {
  private static final String GENERATE =
      "generate --model builtin:austen --verifier any --max-tokens 5 --quiet";

  @TempDir private Path folder;

  private record Result(int code, String out, String err) {}

  private Result shell(String script, String... words) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    int code =
        ChildRun.inShell(script, words)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    return new Result(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GENERATE + " --prompt x --json",
        GENERATE + " --prompt x",
        "--version",
        "generate --help"
      })
  void fullDisk_isAnErrorInOneSentence(String words) throws Exception {
    Result result = shell("RUN > /dev/full", words.split(" ", -1));
    assertThat(result.code).isEqualTo(ExitCode.FAILED);
    assertThat(result.err)
        .isEqualTo(
            "tailwalk: cannot write to standard output: no space left on device; send it to a place"
                + " with room\n");
  }

  @Test
  void fullDisk_ofOut_isAnErrorInOneSentence() throws Exception {
    Result result = shell("RUN", (GENERATE + " --prompt x --out /dev/full").split(" ", -1));
    assertThat(result.code).isNotZero();
    assertThat(result.err).hasLineCount(1).contains("/dev/full").containsIgnoringCase("no space");
    assertThat(Files.isRegularFile(Path.of("/dev/full"))).isFalse();
  }

  @Test
  void readerThatHasGone_endsTheCommandQuietly() throws Exception {
    Path prompts = folder.resolve("p.jsonl");
    Files.writeString(prompts, "{\"prompt\": \"It is \"}\n".repeat(2000));
    Result result =
        shell(
            "set -o pipefail; RUN | head -1; exit ${PIPESTATUS[0]}",
            (GENERATE + " --json --prompts " + prompts).split(" ", -1));
    assertThat(result.err).isEmpty();
    assertThat(result.code).isEqualTo(ExitCode.CLOSED_PIPE);
    assertThat(result.out).hasLineCount(1).startsWith("{");
  }

  @Test
  void standardOutputAsFile_getsTheRowsOnly() throws Exception {
    Result rows = shell("RUN", (GENERATE + " --prompt x --json").split(" ", -1));
    for (String out : new String[] {"-", "/dev/stdout"}) {
      Result result =
          shell("echo first; RUN", (GENERATE + " --prompt x --out " + out).split(" ", -1));
      assertThat(result.code).as(result.err).isZero();
      assertThat(result.out).isEqualTo("first\n" + rows.out);
    }
    assertThat(folder).isDirectoryNotContaining("glob:**.run.json");
    assertThat(Path.of("-")).doesNotExist();
    assertThat(Path.of("-.run.json")).doesNotExist();
  }

  @Test
  void device_isWrittenToAndKeepsNothingToResume() throws IOException {
    Path data = folder.resolve("data.jsonl");
    Files.writeString(data, "{\"prompt\": \"It is \", \"completion\": \"a truth\"}\n");
    Object before = Files.getAttribute(Path.of("/dev/null"), "unix:ino");
    String score = "score --model builtin:austen --out /dev/null --data " + data;
    CliRun run = CliRun.of(score.split(" ", -1));
    assertThat(run.code()).as(run.err()).isZero();
    CliRun resumed = CliRun.of((score + " --resume").split(" ", -1));
    assertThat(resumed.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(resumed.err())
        .isEqualTo(
            "tailwalk: /dev/null is not a regular file and keeps nothing, so there is no run to"
                + " resume; write to a file\n");
    assertThat(Files.getAttribute(Path.of("/dev/null"), "unix:ino")).isEqualTo(before);
    assertThat(Path.of("/dev/null.run.json")).doesNotExist();
  }
}
