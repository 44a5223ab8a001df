package io.tailwalk.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyCommandTest {
  @TempDir private Path folder;
  private Path samples = Path.of("");

  @BeforeEach
  void write() throws IOException {
    samples =
        Files.writeString(
            folder.resolve("samples.jsonl"),
            """
            {"id": "good", "completion": "a cat"}
            {"id": "b\\u001b[2Jad", "completion": "a dog eats"}
            """);
  }

  private CliRun verify(String... more) {
    List<String> args =
        new ArrayList<>(List.of("verify", "--quiet", "--samples", samples.toString()));
    args.addAll(List.of(more));
    return CliRun.of(args.toArray(String[]::new));
  }

  /** Ids and reasons come from outside: control characters cannot reach the terminal. */
  @Test
  void verify_plain_countsAndShowsWhatFails() {
    CliRun run = verify("--verifier", "avoid:e");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("1 of 2 responses pass (50.0%); mean reward 0.5000\n")
        .contains("avoid:e: 'e' is not possible as character 7")
        .doesNotContain("\u001b");
  }

  @Test
  void verify_json_hasALineForEachResponse() {
    CliRun run = verify("--verifier", "avoid:e", "--json");
    assertThat(run.out().lines())
        .containsExactly(
            "{\"id\":\"good\",\"reward\":1.0,\"passed\":true,\"reason\":\"\"}",
            "{\"id\":\"b\\u001B[2Jad\",\"reward\":0.0,\"passed\":false,"
                + "\"reason\":\"avoid:e: 'e' is not possible as character 7\"}");
    Path out = folder.resolve("verdicts.jsonl");
    CliRun written = verify("--verifier", "avoid:e", "--out", out.toString());
    assertThat(written.code()).as(written.err()).isZero();
    assertThat(out).hasContent(run.out().stripTrailing());
  }

  /** Tests that cannot run are an invalid row, not a response that fails. */
  @Test
  void verify_testsThatCannotBeImported_nameTheRow() throws IOException {
    Files.writeString(
        samples,
        """
        {"completion": "def f(x): return 9", "t": "assert f(3) == 9"}
        {"completion": "def f(x): return 9", "t": "import pytest\\nassert f(3) == 9"}
        """);
    CliRun run = verify("--verifier", "code:python,tests=@t");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("samples.jsonl, row 2: ", "line 1 imports pytest, which is not available");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --verifier any --threshold 0        | --threshold must be finite and above 0, got 0.0
          --verifier any --json --out x.jsonl | --json prints what --out writes
          --verifier any --resume             | --resume and --overwrite are about --out
          --verifier avoid:                   | --verifier: avoid: needs at least one character
          --verifier exact:@gold              | row 1: there is no text or number "gold"
          --threshold 1                       | --verifier SPEC is missing
          """)
  void verify_badFlags_areRefusedInASentence(String flags, String says) {
    CliRun run = verify(flags.split(" "));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(says);
    assertThat(run.out()).isEmpty();
  }
}
