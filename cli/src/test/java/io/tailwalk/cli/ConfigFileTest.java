package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.console.Console;
import io.tailwalk.console.config.ConfigPlaces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("tailwalk.conf"), content);
  }

  private static CliRun run(ConfigPlaces places, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console =
        new Console(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            100,
            false,
            false);
    int code = Tailwalk.run(args, console, places);
    return new CliRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static String[] generate(String... more) {
    String[] usual = {"generate", "--sampler", "ancestral"};
    String[] all = java.util.Arrays.copyOf(usual, usual.length + more.length);
    System.arraycopy(more, 0, all, usual.length, more.length);
    return all;
  }

  @Test
  void flag_inAPartForTheCommand_replacesTheOneForAll() throws IOException {
    Path file =
        file(
            """
            model = builtin:austen
            max-tokens = 7
            [generate]
            max-tokens = 3
            quiet = true
            """);
    CliRun filed = CliRun.of(generate("--config=" + file, "--prompt", "It is "));
    CliRun plain =
        CliRun.of(
            generate("--model", "builtin:austen", "--prompt", "It is ", "--max-tokens", "3", "-q"));
    assertThat(filed.code()).as(filed.err()).isZero();
    assertThat(filed.out()).isEqualTo(plain.out()).isNotEmpty();
  }

  @Test
  void flag_twiceInOnePart_isRefusedWithBothLines() throws IOException {
    Path file = file("model = builtin:austen\nmax-tokens = 7\n\nmax-tokens = 8\n");
    CliRun run = CliRun.of(generate("--config=" + file, "--prompt", "It is "));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("line 4: max-tokens has a value in line 2 already");
  }

  @Test
  void flags_ofFile_areThoseOfTheLine_andTheLineHasPrecedence() throws IOException {
    Path file =
        file(
            """
            # for every command
            model = builtin:austen
            max-tokens = 7

            [generate]
            prompt = "It is "
            n = 2
            quiet = true
            reasoning = false,true

            [tail]
            max-tokens = 9
            """
                .replace("reasoning = false,true\n", ""));
    CliRun plain =
        CliRun.of(
            generate(
                "--model",
                "builtin:austen",
                "--prompt",
                "It is ",
                "--max-tokens",
                "7",
                "-n",
                "2",
                "-q"));
    CliRun filed = CliRun.of(generate("--config", file.toString()));
    assertThat(plain.code()).as(plain.err()).isZero();
    assertThat(filed.code()).as(filed.err()).isZero();
    assertThat(filed.out()).isEqualTo(plain.out()).isNotEmpty();
    CliRun other =
        CliRun.of(generate("--config=" + file, "--max-tokens=3", "--prompt", "She ", "-n1"));
    CliRun same =
        CliRun.of(
            generate(
                "--model",
                "builtin:austen",
                "--prompt",
                "She ",
                "--max-tokens",
                "3",
                "-n",
                "1",
                "-q"));
    assertThat(other.out()).isEqualTo(same.out()).isNotEqualTo(plain.out());
  }

  @Test
  void flags_ofFoundFile_areToldAndRecorded() throws IOException {
    Path file = file("model = builtin:austen\nmax-tokens = 4\n");
    var places = new ConfigPlaces(Optional.empty(), Optional.of(file));
    String out = folder.resolve("s.jsonl").toString();
    CliRun run = run(places, generate("--prompt", "It is ", "--out", out));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("flags from " + file + ": --model --max-tokens");
    String record = Files.readString(folder.resolve("s.run.json"));
    assertThat(record).contains("--config=" + file, "--max-tokens=4");
    CliRun without = run(places, generate("--prompt", "It is ", "--no-config"));
    assertThat(without.code()).isEqualTo(2);
    assertThat(without.err()).contains("--model");
  }

  @Test
  void find_bothFiles_thatOfTheWorkingDirectoryIsUsedAlone() throws IOException {
    Path near = file("max-tokens = 4\n");
    Path far = Files.writeString(folder.resolve("far.conf"), "model = builtin:austen\n");
    var places = new ConfigPlaces(Optional.of(near), Optional.of(far));
    CliRun run = run(places, generate("--prompt", "It is "));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--model");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          max-token = 3           | line 1: unknown flag 'max-token'; did you mean max-tokens?
          [generate] ; steps = 3  | line 2: unknown flag 'steps' of generate; delete the line
          [genrate] ; n = 3       | line 2: unknown command 'genrate'; the commands are
          max-tokens              | line 1: neither NAME = VALUE nor [COMMAND]
          config = x              | line 1: unknown flag 'config'
          quiet = yes             | line 1: quiet is true or false, got 'yes'
          max-tokens = many       | --max-tokens accepts a whole number, got 'many'
          n = 1 ; max-tokens = x  | tailwalk.conf, line 2)
          n = 1 ; max-tokens = 0  | tailwalk.conf, line 2)
          verifier = nothing:x    | tailwalk.conf, line 1)
          """)
  void file_invalidLine_isRefusedByItsNumber(String content, String sentence) throws IOException {
    Path file = file(content.replace(" ; ", "\n") + "\n");
    CliRun run =
        CliRun.of(
            generate("--model", "builtin:austen", "--prompt", "x", "--config", file.toString()));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(sentence);
  }

  @Test
  void config_namedAndRefused_isAContradiction() throws IOException {
    Path file = file("model = builtin:austen\n");
    CliRun run = CliRun.of(generate("--config", file.toString(), "--no-config", "--prompt", "x"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--config and --no-config are mutually exclusive");
  }

  /** The model of the line is not given twice, in whichever way the line gives it. */
  @Test
  void doctor_modelWithoutItsFlag_hasPrecedence() throws IOException {
    Path file = file("model = gguf:/nowhere.gguf\n");
    CliRun run =
        CliRun.of(
            "doctor", "--config", file.toString(), "--json", "--batches", "1", "builtin:austen");
    assertThat(run.code()).as(run.err()).isZero();
  }

  @Test
  void file_missingOrNoText_isRefused() throws IOException {
    Path none = folder.resolve("none.conf");
    assertThat(CliRun.of("models", "--config", none.toString()).err())
        .contains("cannot read " + none);
    Path binary = Files.write(folder.resolve("b.conf"), new byte[] {(byte) 0xff, 0});
    CliRun run = CliRun.of("models", "--config", binary.toString());
    assertThat(run.err()).contains("is not UTF-8");
    assertThat(run.code()).isEqualTo(2);
  }

  /** A folder from someone else must not run programs by being the working directory. */
  @Test
  void file_ofTheWorkingDirectory_cannotRunPrograms() throws IOException {
    for (String line :
        new String[] {
          "verifier = cmd:touch x",
          "lib = x.so",
          "from = x",
          "out = x.jsonl",
          "lora = x.gguf",
          "trust = true",
          "model = openai:http://localhost:1"
        }) {
      Path file = file(line + "\n");
      var places = new ConfigPlaces(Optional.of(file), Optional.empty());
      CliRun run = run(places, generate("--prompt", "It is "));
      assertThat(run.code()).as(line).isEqualTo(2);
      assertThat(run.err()).contains("line 1: ", "can run programs, send text", "--config");
    }
  }
}
