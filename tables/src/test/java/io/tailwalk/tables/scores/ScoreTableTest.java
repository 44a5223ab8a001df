package io.tailwalk.tables.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.records.TableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreTableTest {
  private static final String HEADER =
      "example_id,prompt_id,model,log_prob,tokens,reference_log_prob\n";
  private static final String GOOD =
      """
      e1,p1,a,-1.5,3,-1
      e1,p1,b,-inf,3,-1
      e2,p1,b,-2,4,-2.5
      e2,p1,a,-0.5,4,-2.5
      e3,p2,a,0,5,-3
      e3,p2,b,-7,6,-3
      """;

  /** Heap for the numbers: none, so that DuckDB groups them, or more than enough. */
  private static final List<Long> HEAPS = List.of(0L, Long.MAX_VALUE);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"csv", "jsonl", "parquet"})
  void forEach_ofEveryForm_givesTheSameRows(String form) throws IOException {
    Path file = inForm(form, HEADER + GOOD);
    try (ScoreTable table = open(file)) {
      assertThat(table.models()).containsExactly("a", "b");
      assertThat(table.hasReference()).isTrue();
      assertThat(table.promptsOfSize()).containsExactly(0, 1, 1);
      assertThat(rows(table))
          .containsExactlyInAnyOrder(
              "-1.0 [-1.5, -Infinity] [3, 3]",
              "-2.5 [-0.5, -2.0] [4, 4]",
              "-3.0 [0.0, -7.0] [5, 6]");
    }
  }

  @Test
  void open_noFile_isRefusedInWords() {
    assertThatThrownBy(() -> ScoreTable.open(List.of(), new Reference.IfPresent()))
        .isInstanceOf(TableException.class)
        .hasMessage("no score file is given; give at least one file or pattern.");
  }

  @Test
  void forEach_overAGlobOfForms_readsAll() throws IOException {
    String[] lines = GOOD.split("\n", -1);
    String half = HEADER + lines[0] + "\n" + lines[1] + "\n" + lines[2] + "\n";
    Files.move(inForm("csv", half), folder.resolve("scores.first.csv"));
    inForm("parquet", HEADER + lines[3] + "\n" + lines[4] + "\n" + lines[5] + "\n");
    try (ScoreTable table =
        ScoreTable.open(List.of(folder + "/scores.*"), new Reference.IfPresent())) {
      assertThat(rows(table)).hasSize(3);
    }
  }

  @Test
  void forEach_withAModelAsReference_takesItOut() throws IOException {
    Path file = inForm("csv", (HEADER + GOOD).replace("-inf", "-9"));
    try (ScoreTable table = ScoreTable.open(List.of(file.toString()), new Reference.Named("b"))) {
      assertThat(table.models()).containsExactly("a");
      assertThat(rows(table)).contains("-9.0 [-1.5] [3]", "-2.0 [-0.5] [4]", "-7.0 [0.0] [5]");
    }
  }

  @Test
  void forEach_withPerTokenLists_sumsThem() throws IOException {
    Path file = folder.resolve("lists.jsonl");
    Files.writeString(
        file,
        """
        {"example_id": 1, "prompt_id": 1, "model": "a", "log_probs": [-1, -2.5, 0]}
        {"example_id": 2, "prompt_id": 1, "model": "a", "log_prob": [-1, -Infinity]}
        """);
    try (ScoreTable table = open(file)) {
      assertThat(rows(table)).containsExactlyInAnyOrder("NaN [-3.5] [3]", "NaN [-Infinity] [2]");
    }
    try (Duck duck = new Duck()) {
      duck.run(
          "COPY (SELECT 'e' AS example_id, 'p' AS prompt_id, 'a' AS model, [-1.0, -2.0] AS logprobs) TO '"
              + folder
              + "/lists.parquet'");
    }
    try (ScoreTable table = open(folder.resolve("lists.parquet"))) {
      assertThat(rows(table)).containsExactly("NaN [-3.0] [2]");
    }
  }

  /** Row numbers: of the CSV, whose header is row 1. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "e2,p1,a,-0.5,4,-2.5 | e2,p1,a,nan,4,-2.5 | 5 | \"log_prob\" is NaN",
        "e2,p1,a,-0.5,4,-2.5 | e2,p1,a,inf,4,-2.5 | 5 | \"log_prob\" is +inf",
        "e2,p1,a,-0.5,4,-2.5 | e2,p1,a,0.25,4,-2.5 | 5 | \"log_prob\" is 0.25, above 0",
        "e2,p1,a,-0.5,4,-2.5 | e2,p1,a,,4,-2.5 | 5 | \"log_prob\" is missing",
        "e2,p1,a,-0.5,4,-2.5 | e2,p1,a,-0.5,-4,-2.5 | 5 | \"tokens\" is -4",
        "e2,p1,a,-0.5,4,-2.5 | e2,p1,a,-0.5,,-2.5 | 5 | \"tokens\" is missing",
        "e2,p1,a,-0.5,4,-2.5 | e2,p1,a,-0.5,4,-inf | 5 | the reference gives the response probability zero",
        "e2,p1,a,-0.5,4,-2.5 | e2,p1,a,-0.5,4,-2.4 | 5 | a different reference",
        "e2,p1,a,-0.5,4,-2.5 | e2,p9,a,-0.5,4,-2.5 | 5 | a different prompt_id",
        "e2,p1,a,-0.5,4,-2.5 | e1,p1,a,-0.5,4,-1 | 5 | a second score of example \"e1\" under model \"a\"",
        "e3,p2,b,-7,6,-3 | e4,p2,b,-7,6,-3 | 7 | example \"e4\" has no score under model \"a\"",
        "e2,p1,a,-0.5,4,-2.5 | ,p1,a,-0.5,4,-2.5 | 5 | \"example_id\" is missing",
        "e2,p1,a,-0.5,4,-2.5 | e2,p1,,-0.5,4,-2.5 | 5 | \"model\" is missing",
      })
  void forEach_ofFaultyRows_namesFileRowAndReason(String good, String bad, int row, String reason)
      throws IOException {
    for (String form : List.of("csv", "parquet")) {
      Path file = inForm(form, (HEADER + GOOD).replace(good, bad));
      int there = form.equals("csv") ? row : row - 1;
      for (long heap : HEAPS) {
        assertThatThrownBy(() -> open(file, heap).forEach(_ -> {}))
            .isInstanceOf(TableException.class)
            .hasMessageStartingWith(file + ", row " + there + ": ")
            .hasMessageContaining(reason);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-0.5 | abc | \"log_prob\" is \"abc\"; give a number",
        "4,-2.5 | four,-2.5 | \"tokens\" is \"four\"; give a whole number",
      })
  void open_ofUnreadableNumbers_namesFileRowAndReason(String good, String bad, String reason)
      throws IOException {
    Path file = inForm("csv", (HEADER + GOOD).replace(good, bad));
    assertThatThrownBy(() -> open(file))
        .hasMessageStartingWith(file + ", row ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"example_id\":\"e\",\"prompt_id\":\"p\",\"model\":\"m\",\"tokens\":1} | \"log_prob\" is missing",
        "{\"example_id\":\"e\",\"prompt_id\":\"p\",\"model\":\"m\",\"log_prob\":\"x\",\"tokens\":1} | is a string",
        "{\"example_id\":\"e\",\"prompt_id\":\"p\",\"model\":\"m\",\"log_prob\":NaN,\"tokens\":1} | is NaN",
        "{\"example_id\":\"e\",\"prompt_id\":\"p\",\"model\":\"m\",\"log_prob\":Infinity,\"tokens\":1} | is +inf",
        "{\"example_id\":\"e\",\"prompt_id\":\"p\",\"model\":\"m\",\"log_prob\":1,\"tokens\":1} | above 0",
        "{\"example_id\":\"e\",\"prompt_id\":\"p\",\"model\":\"m\",\"log_probs\":[-1],\"tokens\":2} | has 1 entry",
        "{\"prompt_id\":\"p\",\"model\":\"m\",\"log_prob\":-1,\"tokens\":1} | \"example_id\" is missing",
        "{\"example_id\": | not valid JSON",
      })
  void open_ofFaultyJsonLines_namesFileRowAndReason(String line, String reason) throws IOException {
    Path file = folder.resolve("bad.jsonl");
    String fine =
        "{\"example_id\":\"e0\",\"prompt_id\":\"p\",\"model\":\"m\",\"log_prob\":-1,\"tokens\":1}";
    Files.writeString(file, fine + "\n" + line + "\n");
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith(file + ", row 2: ")
        .hasMessageContaining(reason);
  }

  @Test
  void open_withoutAColumn_namesFileAndColumn() throws IOException {
    Path file = inForm("csv", "example_id,prompt_id,log_prob,tokens\ne,p,-1,2\n");
    assertThatThrownBy(() -> open(file)).hasMessageContaining("there is no column for \"model\"");
    assertThatThrownBy(() -> open(folder.resolve("none*.csv")))
        .hasMessageContaining("no such file");
  }

  @Test
  void open_ofParquetWithWrongType_namesFileAndType() {
    Path file = folder.resolve("t.parquet");
    try (Duck duck = new Duck()) {
      duck.run(
          "COPY (SELECT 'e' AS example_id, 'p' AS prompt_id, 'a' AS model, 'x' AS log_prob, 1 AS tokens) TO '"
              + file
              + "'");
    }
    assertThatThrownBy(() -> open(file))
        .hasMessageContaining(file + ", row 1: the column \"log_prob\" is of type VARCHAR");
  }

  @Test
  void open_withUnknownReference_namesTheChoices() throws IOException {
    Path file = inForm("csv", HEADER + GOOD);
    assertThatThrownBy(
            () -> ScoreTable.open(List.of(file.toString()), new Reference.Named("teacher")))
        .hasMessageContaining("neither a column nor a model")
        .hasMessageContaining("a, b");
  }

  /** Grouped on the heap or by DuckDB: the same rows and keys, with and without reference. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void forEach_onTheHeapOrNot_givesTheSame(boolean sameLengths) {
    Path file = folder.resolve("many.parquet");
    try (Duck duck = new Duck()) {
      duck.run(
          """
          COPY (SELECT 'e' || i AS example_id, 'p' || (i %% 70) AS prompt_id, 'm' || m AS model,
              CASE WHEN hash(i, m) %% 50 = 0 THEN '-inf'::DOUBLE
                ELSE -(hash(i * 10 + m) %% 1000 / 7.0) END AS log_prob,
              i %% 30 + CASE WHEN %s THEN 0 ELSE m END AS tokens,
              -(hash(i) %% 100 / 3.0) AS reference_log_prob
            FROM range(400) r(i), range(5) s(m) ORDER BY hash(i * 31 + m)) TO '%s'
          """
              .formatted(sameLengths, file));
    }
    Set<Set<String>> answers = new HashSet<>();
    for (long heap : HEAPS) {
      try (ScoreTable table = open(file, heap)) {
        assertThat(table.promptsOfSize()).containsExactly(0, 0, 0, 0, 0, 20, 50);
        Set<String> seen = new HashSet<>();
        List<Consumer<ScoreRow>> visitors = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
          visitors.add(row -> {
            synchronized (seen) {
              seen.add(
                  row.exampleKey()
                      + " "
                      + row.promptKey()
                      + " "
                      + row.reference()
                      + Arrays.toString(row.logProbs())
                      + Arrays.toString(row.tokens()));
            }
          });
        }
        assertThat(table.forEach(visitors)).isEqualTo(400);
        assertThat(seen).hasSize(400);
        answers.add(seen);
      }
    }
    assertThat(answers).hasSize(1);
  }

  private static ScoreTable open(Path file, long heap) {
    return ScoreTable.open(
        ScoreFiles.of(List.of(file.toString())), new Reference.IfPresent(), heap);
  }

  private static ScoreTable open(Path file) {
    return ScoreTable.open(List.of(file.toString()), new Reference.IfPresent());
  }

  private static List<String> rows(ScoreTable table) {
    List<String> rows = new ArrayList<>();
    table.forEach(row ->
        rows.add(
            row.reference()
                + " "
                + Arrays.toString(row.logProbs())
                + " "
                + Arrays.toString(row.tokens())));
    return rows;
  }

  private Path inForm(String form, String csv) throws IOException {
    Path text = folder.resolve("scores.csv");
    Files.writeString(text, csv);
    if (form.equals("csv")) {
      return text;
    }
    Path file = folder.resolve("scores." + form);
    try (Duck duck = new Duck()) {
      String types =
          "types = {'log_prob': 'DOUBLE', 'tokens': 'BIGINT', 'reference_log_prob': 'DOUBLE'}";
      String infinity =
          form.equals("jsonl")
              ? "* REPLACE (CASE WHEN isinf(log_prob) THEN '\"-inf\"' ELSE log_prob::VARCHAR END::JSON AS log_prob)"
              : "*";
      duck.run(
          "COPY (SELECT %s FROM read_csv('%s', header = true, %s)) TO '%s' (FORMAT %s)"
              .formatted(infinity, text, types, file, form.equals("jsonl") ? "json" : "parquet"));
    }
    Files.delete(text);
    return file;
  }
}
