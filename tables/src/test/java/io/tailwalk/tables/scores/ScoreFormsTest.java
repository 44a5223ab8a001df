package io.tailwalk.tables.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.ColumnMap;
import io.tailwalk.records.input.Field;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which other tools write score tables. */
class ScoreFormsTest {
  private static final String CSV =
      """
      example_id,prompt_id,model,log_prob,tokens
      1,1,a,-1.5,3
      1,1,b,-inf,3
      2,1,a,-0.25,4
      2,1,b,-2,4
      """;
  private static final List<String> ROWS =
      List.of("[-1.5, -Infinity] [3, 3]", "[-0.25, -2.0] [4, 4]");
  private static final String UNKNOWN = "[%d, %d]".formatted(ScoreRow.UNKNOWN, ScoreRow.UNKNOWN);
  private static final String HEADER = "example_id,prompt_id,model,log_prob,tokens\n";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"\t", ";", "\r\n", "bom", "index", "gz", "zst", "floats", "aliases"})
  void open_ofADialect_givesTheSameRows(String dialect) throws IOException {
    String csv =
        switch (dialect) {
          case "\t", ";" -> CSV.replace(",", dialect);
          case "\r\n" -> CSV.replace("\n", "\r\n");
          case "bom" -> "\uFEFF" + CSV;
          case "index" -> "," + CSV.lines().collect(Collectors.joining("\n7,"));
          case "floats" -> CSV.replace(",3\n", ",3.0\n").replace(",4\n", ", 4.0\n");
          case "aliases" -> CSV.replace("log_prob,tokens", "logprob,num_tokens");
          default -> CSV;
        };
    Path file = folder.resolve("scores");
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    switch (dialect) {
      case "gz" -> {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
          out.write(bytes);
        }
      }
      case "zst" -> Files.write(file, Zstd.compress(bytes));
      default -> Files.write(file, bytes);
    }
    assertThat(rows(ScoreFiles.of(List.of(file.toString()))))
        .containsExactlyInAnyOrderElementsOf(ROWS);
  }

  @Test
  void open_ofAJsonArray_givesItsRows() throws IOException {
    String array =
        """
        [{"example_id": 1, "model": 10, "log_prob": -1.5, "tokens": 3},
         {"example_id": 2, "model": 10, "log_prob": "-inf", "tokens": 4.0}]
        """;
    try (ScoreTable table = open(write("a.json", array))) {
      assertThat(table.models()).containsExactly("10");
      assertThat(rows(table)).containsExactlyInAnyOrder("[-1.5] [3]", "[-Infinity] [4]");
      assertThat(table.promptsOfSize()).containsExactly(0, 2);
      assertThat(table.remarks())
          .containsExactly(
              "No column names the prompts, so each example counts as its own prompt.");
    }
  }

  @Test
  void open_ofListsInSeparatedValues_sumsThem() throws IOException {
    String csv =
        "example_id,prompt_id,model,log_probs\n1,1,a,\"[-1.0, -0.5, 0]\"\n2,1,a,\"[-1e-1, -inf]\"\n3,2,a,[]\n";
    assertThat(rows(ScoreFiles.of(List.of(write("l.csv", csv)))))
        .containsExactlyInAnyOrder("[-1.5] [3]", "[-Infinity] [2]", "[0.0] [0]");
  }

  @Test
  void open_ofOneColumnPerModel_namesTheModelsByTheColumns() throws IOException {
    String csv = "example_id,prompt_id,step-1,step-2\n1,1,-1.5,-inf\n2,1,-0.25,-2\n";
    try (ScoreTable table = open(write("w.csv", csv))) {
      assertThat(table.models()).containsExactly("step-1", "step-2");
      assertThat(rows(table))
          .containsExactlyInAnyOrder("[-1.5, -Infinity] " + UNKNOWN, "[-0.25, -2.0] " + UNKNOWN);
    }
    assertThatThrownBy(() -> open(write("w.csv", csv.replace("-0.25", "0.25"))))
        .hasMessageContaining("row 3: \"step-1\" is 0.25, above 0");
    assertThatThrownBy(() -> open(write("w.csv", "example_id,step-1,text\n1,-1,hello\n")))
        .hasMessageContaining("\"text\" is \"hello\"");
  }

  @Test
  void open_withChosenColumnsOrNames_readsWhatIsMeant() throws IOException {
    String csv = "id,ckpt,lp,score,n\n1,a,-1,-5,2\n";
    ScoreFiles files = ScoreFiles.of(List.of(write("c.csv", csv)));
    ColumnMap map = ColumnMap.parse(Map.of("log_prob", "lp", "tokens", "n"));
    assertThat(rows(files.columns(map))).containsExactly("[-1.0] [2]");
    assertThat(rows(files)).containsExactly("[-5.0] [%d]".formatted(ScoreRow.UNKNOWN));
    assertThatThrownBy(() -> files.columns(ColumnMap.NONE.with(Field.PASS, "ok")))
        .hasMessageContaining("not a field of a score table");
    assertThatThrownBy(() -> rows(files.columns(ColumnMap.NONE.with(Field.MODEL, "m"))))
        .hasMessageContaining("there is no column \"m\"");
    assertThatThrownBy(() -> open(write("c.csv", csv.replace("lp", "logp"))))
        .hasMessageContaining("the columns \"logp\", \"score\" can all be \"log_prob\"");
    String unnamed = "example_id,log_prob,tokens\n1,-1,2\n";
    String one = write("one.csv", unnamed);
    assertThatThrownBy(() -> open(one)).hasMessageContaining("give the file as MODEL=FILE");
    try (ScoreTable table = open("a=" + one, "b=" + one)) {
      assertThat(table.models()).containsExactly("a", "b");
    }
  }

  /** The field to replace in the last row, what with, and the message; row 5 is the last. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-2,4 | -2,5.6 | \"tokens\" is \"5.6\"; give a whole number",
        "-2,4 | -1_000,4 | \"log_prob\" is \"-1_000\"; give a number",
        "-2,4 | -1e400,4 | too large for a double",
        "-2,4 | -0x1p3,4 | \"log_prob\" is \"-0x1p3\"",
        "-2,4 | -2d,4 | \"log_prob\" is \"-2d\"",
        "-2,4 | 0.011,4 | \"log_prob\" is 0.011, above 0",
        "-2,4 | -2,4,9 | 6 fields under a header of 5",
        "-2,4 | -2 | 4 fields under a header of 5",
        "2,1,b,-2,4 | example_id,prompt_id,model,log_prob,tokens | the header occurs again",
      })
  void open_ofFaultyText_namesTheRow(String good, String bad, String reason) throws IOException {
    int last = CSV.lastIndexOf(good);
    String csv = CSV.substring(0, last) + bad + CSV.substring(last + good.length());
    String file = write("bad.csv", csv);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith(file + ", row 5: ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"log_prob\": -1, \"tokens\": 2, \"log_prob\": -9 | Duplicate",
        "\"log_prob\": -1e400, \"tokens\": 2 | too large for a double",
        "\"log_prob\": -5, \"log_probs\": [-0.5, -0.5] | \"log_prob\" is -5.0, but \"log_probs\" sums to -1.0",
        "\"log_probs\": [-0.5, null] | is null",
        "\"log_probs\": [-0.5, 3] | above 0",
        "\"log_prob\": -1, \"tokens\": 2.5 | \"tokens\" is 2.5",
        "\"log_prob\": -1 | \"tokens\" is in some rows and not in others",
      })
  void open_ofFaultyJson_namesTheRow(String fields, String reason) throws IOException {
    String start = "{\"example_id\": %d, \"prompt_id\": 1, \"model\": \"a\", ";
    String file =
        write(
            "bad.jsonl",
            start.formatted(1)
                + "\"log_prob\": -1, \"tokens\": 2}\n"
                + start.formatted(2)
                + fields
                + "}\n");
    assertThatThrownBy(() -> open(file))
        .hasMessageStartingWith(file + ", row 2: ")
        .hasMessageContaining(reason);
  }

  @Test
  void open_ofNumbersSlightlyAboveZero_countsThemAsZeroAndSaysSo() throws IOException {
    String csv = HEADER + "1,1,a,0.01,3\n2,1,a,5e-7,3\n3,1,a,-1,3\n";
    for (long heap : List.of(0L, Long.MAX_VALUE)) {
      ScoreFiles files = ScoreFiles.of(List.of(write("p.csv", csv)));
      try (ScoreTable table = ScoreTable.open(files, new Reference.IfPresent(), heap)) {
        assertThat(rows(table)).containsExactlyInAnyOrder("[-1.0] [3]", "[0.0] [3]", "[0.0] [3]");
        assertThat(table.warnings())
            .containsExactly(
                "1 log-probability is above 0 by at most 0.01, which counts as 0; arithmetic in half precision ends there");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[-1.5::FLOAT, -0.5] AS log_probs | [-2.0] [2]",
        "-0.5::FLOAT AS log_prob, 3::UBIGINT AS tokens | [-0.5] [3]",
        "-0.5 AS log_prob, 3.0::FLOAT AS tokens | [-0.5] [3]",
        "-2 AS log_prob, [-1.5, -0.5] AS log_probs, 2 AS tokens | [-2.0] [2]",
        "[-1.5, 0.005] AS log_probs | [-1.5] [2]",
      })
  void open_ofParquetTypes_readsTheNumbers(String columns, String row) {
    assertThat(rows(ScoreFiles.of(List.of(parquet("t.parquet", columns).toString()))))
        .containsExactly(row);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[-5.0, 3.0] AS log_probs | \"log_probs\" is 3.0, above 0",
        "[-5.0, NULL] AS log_probs | \"log_probs\" has an entry without a value",
        "[-5.0, 'nan'::DOUBLE] AS log_probs | \"log_probs\" is NaN",
        "[-5.0, -1] AS log_probs, 3 AS tokens | \"tokens\" is 3 but \"log_probs\" has 2 entries",
        "-9.0 AS log_prob, [-5.0, -1] AS log_probs | \"log_prob\" is -9.0, but \"log_probs\" sums to -6.0",
        "-9.0 AS log_prob, 5.6::DOUBLE AS tokens | \"tokens\" is 5.6; give a whole number",
        "-9.0 AS log_prob, 'nan'::DOUBLE AS tokens | \"tokens\" is missing",
        "-9.0 AS log_prob, 18446744073709551615::UBIGINT AS tokens | \"tokens\" is 18446744073709551615",
      })
  void open_ofFaultyParquet_namesTheRow(String columns, String reason) {
    Path file = parquet("t.parquet", columns);
    assertThatThrownBy(() -> open(file.toString()))
        .hasMessageStartingWith(file + ", row 1: ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ck[1].parquet",
        "log_prob=-3/p.parquet",
        "model=z/a*b.parquet",
        "it's {x}.parquet"
      })
  void open_ofAwkwardNames_readsThatFile(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    parquet("ck1.parquet", "-7.0 AS log_prob, 1 AS tokens");
    parquet(name, "-1.0 AS log_prob, 1 AS tokens");
    try (ScoreTable table = open(file.toString())) {
      assertThat(table.models()).containsExactly("m");
      assertThat(rows(table)).containsExactlyInAnyOrder("[-1.0] [1]");
    }
  }

  private Path parquet(String name, String columns) {
    Path file = folder.resolve(name);
    try (Duck duck = new Duck()) {
      duck.run(
          "COPY (SELECT 1 AS example_id, 1 AS prompt_id, 'm' AS model, %s) TO %s (FORMAT parquet)"
              .formatted(columns, Duck.text(file.toString())));
    }
    return file;
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static ScoreTable open(String... files) {
    return ScoreTable.open(List.of(files), new Reference.IfPresent());
  }

  private static List<String> rows(ScoreFiles files) {
    try (ScoreTable table = ScoreTable.open(files, new Reference.IfPresent())) {
      return rows(table);
    }
  }

  private static List<String> rows(ScoreTable table) {
    List<String> rows = new ArrayList<>();
    table.forEach(
        row -> rows.add(Arrays.toString(row.logProbs()) + " " + Arrays.toString(row.tokens())));
    return rows;
  }
}
