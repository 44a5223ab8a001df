package io.tailwalk.cli.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Files that were read wrongly once, in small: the right answer, or the row and its remedy. */
class SharedCasesTest {
  private static final String HEADER = "example_id,prompt_id,model,log_prob,tokens\n";

  @TempDir private Path folder;

  private static CliRun select(String... files) {
    List<String> words = new ArrayList<>(List.of("select", "--n", "4", "--json", "--scores"));
    words.addAll(List.of(files));
    return CliRun.of(words.toArray(String[]::new));
  }

  private static JsonNode json(CliRun run) {
    assertThat(run.code()).as(run.err()).isZero();
    return JsonText.parse(run.out());
  }

  /** Rows behind the header and a good row; \n in the text stands for a line end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A file behind another one, with one column more.
        "2,2,a,-1,3\\nexample_id,prompt_id,model,log_prob,tokens,x\\n3,3,a,-1,3,0"
            + " | row 4: 6 fields under a header of 5",
        "2,2,a,-1,3\\nexample_id,prompt_id,model,log_prob,tokens\\n3,3,a,-1,3"
            + " | row 4: the header occurs again",
        "2,2,a,-1,5.6 | row 3: \"tokens\" is \"5.6\"; give a whole number",
        "2,2,a,-1_000,5 | row 3: \"log_prob\" is \"-1_000\"; give a number",
        "2,2,a,-1e400,5 | row 3: the field \"log_prob\" is too large",
        "2,2,a,,5 | row 3: \"log_prob\" is missing; give a number",
        "2,2,a,nan,5 | row 3: \"log_prob\" is ",
        "2,2,a,0.02,5 | row 3: \"log_prob\" is 0.02, above 0",
        "1,1,b,-1,3\\n2,2,a,-1,5 | row 4: example \"2\" has no score under model \"b\"",
      })
  void faultyTables_areRefusedByRow(String rows, String sentence) throws IOException {
    String file =
        Written.text(
            folder.resolve("t.csv"), HEADER + "1,1,a,-1,3\n" + rows.replace("\\n", "\n") + "\n");
    CliRun run = select(file);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("tailwalk: " + file + ", " + sentence).hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"log_prob\": -1, \"tokens\": 5, \"log_prob\": -99 | not valid JSON (Duplicate",
        "\"log_prob\": -5, \"log_probs\": [-0.5, -0.5] | \"log_prob\" is -5.0, but \"log_probs\" sums to -1",
        "\"log_prob\": -1e400, \"tokens\": 5 | the field \"log_prob\" is too large",
        "\"log_probs\": [-5, 3] | \"log_probs\" is 3.0, above 0",
      })
  void faultyRows_areRefused(String fields, String sentence) throws IOException {
    String row = "{\"example_id\": 1, \"prompt_id\": 1, \"model\": \"a\", " + fields + "}\n";
    String file = Written.text(folder.resolve("t.jsonl"), row);
    CliRun run = select(file);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("tailwalk: " + file + ", row 1: " + sentence).hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[-5.0, 3.0]::DOUBLE[] AS log_probs | \"log_probs\" is 3.0, above 0",
        "[-0.5, -0.5] AS log_probs, -5 AS log_prob | \"log_prob\" is -5.0, but \"log_probs\" sums to -1",
        "'nan'::DOUBLE AS log_prob | \"log_prob\" is ",
        "NULL::DOUBLE AS log_prob | \"log_prob\" is missing",
      })
  void faultyParquet_isRefused(String columns, String sentence) throws IOException {
    String file =
        Written.parquet(
            folder.resolve("t.parquet"),
            "*, " + columns,
            """
            {"example_id": 1, "prompt_id": 1, "model": "a"}
            {"example_id": 1, "prompt_id": 1, "model": "b"}
            """);
    CliRun run = select(file);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("tailwalk: " + file + ", row 1: " + sentence).hasLineCount(1);
  }

  /** A chart that was downloaded has no examples. */
  @Test
  void aChart_isRefusedWithTheColumnsNeeded() throws IOException {
    String file =
        Written.text(
            folder.resolve("wandb_export.csv"),
            "\"Step\",\"run-a - eval/loss\",\"run-a - eval/loss__MIN\"\n\"0\",\"0.98\",\"0\"\n");
    CliRun run = select(file);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("there is no column for \"example_id\"", "\"run-a - eval/loss\"")
        .contains("a score table has example_id, prompt_id, model, log_prob and tokens")
        .hasLineCount(1);
  }

  /** Names that other readers take for patterns or for columns; beside them a file of 99s. */
  @ParameterizedTest
  @ValueSource(
      strings = {"ck[1].parquet", "ck*.parquet", "log_prob=-3/part.parquet", "model=zz/p.parquet"})
  void awkwardNames_areNames(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    table(folder.resolve("ck1.parquet"), 99);
    table(file, 1);
    JsonNode json = json(select(file.toString()));
    assertThat(json.get("models").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(json.get("cross_entropy").toString()).isEqualTo("[1.0,5.0]");
    assertThat(json.get("winner").stringValue()).isEqualTo("a");
  }

  private static void table(Path file, int nats) throws IOException {
    String row =
        "{\"example_id\": %d, \"prompt_id\": %d, \"model\": \"%s\", \"log_prob\": %d, \"tokens\": 5}%n";
    Written.parquet(
        file,
        "*",
        row.formatted(1, 1, "a", -nats)
            + row.formatted(1, 1, "b", -nats - 4)
            + row.formatted(2, 2, "a", -nats)
            + row.formatted(2, 2, "b", -nats - 4));
  }

  /** The table of {@link ScorePairsTest} by pyarrow 26, in half precision and with categories. */
  @ParameterizedTest
  @ValueSource(strings = {"half.parquet", "categories.parquet"})
  void parquetOfPyarrow_isReadExactly(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = Objects.requireNonNull(SharedCasesTest.class.getResourceAsStream(name))) {
      Files.copy(in, file);
    }
    JsonNode json = json(select(file.toString()));
    assertThat(json.get("winner").stringValue()).isEqualTo("good");
    assertThat(json.at("/cross_entropy/1").doubleValue()).isEqualTo(3.6875);
    assertThat(json.at("/cross_entropy/0").doubleValue())
        .isCloseTo(3.6875 - 1.0 / 6, within(1e-12));
    assertThat(json.at("/matrix/0/1").doubleValue()).isEqualTo(1.0 / 3);
  }

  /** Half precision in text: a number just above 0 counts as 0, and a warning says so. */
  @Test
  void halfPrecisionAboveZero_countsAsZero() throws IOException {
    String rows = "1,1,a,0.005,3\n1,1,b,-2,3\n2,2,a,-28.44,3\n2,2,b,-30.44,3\n";
    CliRun run = select(Written.text(folder.resolve("h.csv"), HEADER + rows));
    JsonNode json = json(run);
    assertThat(json.get("cross_entropy").toString()).isEqualTo("[14.22,16.22]");
    assertThat(json.get("winner").stringValue()).isEqualTo("a");
    assertThat(run.err()).contains("1 log-probability is above 0 by at most 0.01");
  }

  /** Half a surrogate pair has no tokens; the text with {@code ?} in its place is another one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt\": \"Hi\", \"completion\": \" yes \\ud83d\"}",
        "{\"prompt\": \"Hi \\ud83d there\", \"completion\": \" yes\"}"
      })
  void halfCharacters_areRefused(String row) throws IOException {
    String file = Written.text(folder.resolve("s.jsonl"), row + "\n");
    List<CliRun> runs = new ArrayList<>();
    String out = folder.resolve("o.jsonl").toString();
    runs.add(CliRun.of("score", "--model", "builtin:austen", "--data", file, "--out", out));
    if (row.contains("there")) {
      runs.add(
          CliRun.of(
              "generate", "--model", "builtin:austen", "--prompts", file, "--verifier", "any"));
    }
    for (CliRun run : runs) {
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err())
          .startsWith("tailwalk: " + file + ", row 1: ")
          .contains("surrogate")
          .hasLineCount(1);
    }
    assertThat(folder.resolve("o.jsonl")).doesNotExist();
  }

  /** The harness moves the blank at the end of a context to the continuation. */
  @Test
  void aBlankAtTheEndOfAContext_isScoredAsTheHarnessDoes() throws IOException {
    TinyGguf model = new TinyGguf(Map.of("\u2581a", 4.0, "a", 1.0));
    String gguf = "gguf:" + model.write(folder.resolve("m.gguf"));
    String data =
        Written.text(
            folder.resolve("log.jsonl"),
            "{\"doc_id\": 0, \"target\": \" x\", \"arguments\": [[\"The b is \", \"a\"]], \"resps\": [[[-1, true]]]}\n");
    Path out = folder.resolve("o.jsonl");
    CliRun run = CliRun.of("score", "--model", gguf, "--data", data, "--out", out.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("white space at the end of the context of 1 request");
    assertThat(JsonText.parse(Files.readString(out)).get("log_prob").doubleValue())
        .isCloseTo(model.logProb("\u2581a"), within(1e-4));
  }

  /** Keys are names: sorted as text, the eleventh choice stands before the third. */
  @Test
  void sortedKeys_pairEachChoiceWithItsNumber() throws IOException {
    String requests =
        IntStream.range(0, 12)
            .mapToObj(String::valueOf)
            .sorted()
            .map("\"gen_args_%1$s\": {\"arg_0\": \"Q\", \"arg_1\": \" %1$s\"}"::formatted)
            .collect(Collectors.joining(", "));
    String results =
        IntStream.range(0, 12)
            .mapToObj(i -> "[[\"%s\", \"True\"]]".formatted(-0.5 - i))
            .collect(Collectors.joining(", "));
    String data =
        Written.text(
            folder.resolve("s8.jsonl"),
            "{\"doc_id\": 0, \"arguments\": {%s}, \"resps\": [%s]}\n".formatted(requests, results));
    Path out = folder.resolve("o.jsonl");
    CliRun run =
        CliRun.of(
            "score",
            "--model",
            "builtin:austen",
            "--recorded",
            "rec",
            "--all-choices",
            "--data",
            data,
            "--out",
            out.toString());
    assertThat(run.code()).as(run.err()).isZero();
    for (String line : Files.readAllLines(out)) {
      JsonNode row = JsonText.parse(line);
      int choice = Integer.parseInt(row.get("example_id").asString().replaceFirst(".*/", ""));
      if (row.get("model").stringValue().equals("rec")) {
        assertThat(row.get("log_prob").doubleValue()).isEqualTo(-0.5 - choice);
      } else {
        // A model of bytes: the blank and one or two digits.
        assertThat(row.get("tokens").intValue()).isEqualTo(choice < 10 ? 2 : 3);
      }
    }
  }
}
