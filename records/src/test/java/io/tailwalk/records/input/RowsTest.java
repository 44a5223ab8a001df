package io.tailwalk.records.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.records.JsonRow;
import io.tailwalk.records.TableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RowsTest {
  @TempDir private Path folder;

  private Input input(String name, String content) throws IOException {
    return Input.of(Files.writeString(folder.resolve(name), content));
  }

  private static List<JsonRow> rows(Input input) {
    List<JsonRow> rows = new ArrayList<>();
    Rows.forEach(input, rows::add);
    return rows;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": \"x\", \"n\": -1.5}\n\n{\"a\": \"y\", \"n\": 2}\n",
        "[{\"a\": \"x\", \"n\": -1.5},\n {\"a\": \"y\", \"n\": 2}]",
        "a,n\nx,-1.5\ny,2\n",
        "a;n\nx;-1.5\ny;2",
        "a\tn\r\nx\t-1.5\r\ny\t2\r\n",
        "\uFEFFa,n\n\"x\",-1.5\n\n\"y\",2.0\n",
        ",a,n\n0,x,-1.5\n1,y,2\n",
      })
  void forEach_sameRowsInAnyFormat(String content) throws IOException {
    for (Input input : List.of(input("f", content), zipped("f.gz", content))) {
      List<JsonRow> rows = rows(input);
      assertThat(rows).extracting(row -> row.string("a")).containsExactly("x", "y");
      assertThat(rows).extracting(row -> row.number("n")).containsExactly(-1.5, 2.0);
      assertThat(rows.getLast().integer("n")).isEqualTo(2);
    }
  }

  private Input zipped(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return Input.of(file);
  }

  @Test
  void forEach_documentOverSeveralLines_isOneRow() throws IOException {
    Input input = input("f", "{\n  \"eval\": {\n \"T/0\": []\n}\n}\n");
    assertThat(Format.of(input)).isEqualTo(Format.JSON_DOCUMENT);
    assertThat(rows(input)).singleElement().matches(row -> row.has("eval"));
  }

  @Test
  void forEach_arrayOfArrays_isPassedOn() throws IOException {
    JsonRow row = rows(input("f", "[[\"a\", \"b\"]]")).getFirst();
    assertThat(row.object().path(Rows.BARE).size()).isEqualTo(2);
    assertThat(Kind.of(row)).isEqualTo(Kind.BIGCODE_GENERATIONS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b~1,2~1,2,3|row 3: 3 fields under a header of 2",
        "a,b~1,2~a,b~3,4|row 3: the header occurs again",
        "a,a~1,2|row 1: two columns are named \"a\"",
        "a,,b~1,2,3|row 1: column 2 has no name",
        "a,b;c~1,2|row 1: the header holds more than one of tab, semicolon and comma",
        "a,b|a header and no rows",
        "''|the file holds no rows",
        "{\"a\": 1, \"a\": 2}|row 1: not valid JSON",
        "{\"a\": 1}~{\"a\": |row 2: not valid JSON",
        "[{\"a\": 1}, {\"a\": ]|not valid JSON",
        "[1] 2|text follows the array",
        "a,b~\"1,2~3,4|row 2",
      })
  void forEach_badFile_oneSentenceWithPlace(String content, String message) throws IOException {
    Input input = input("f", content.replace('~', '\n'));
    assertThatThrownBy(() -> rows(input))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("f")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"-1_000,number", "1e400,too large", "nan,NaN", "0x10,number", "'1,5',number"})
  void number_ofText_strict(String text, String message) throws IOException {
    JsonRow row = rows(input("f", "a;n\nx;" + text + "\n")).getFirst();
    assertThatThrownBy(() -> row.number("n"))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("row 2")
        .hasMessageContaining(message);
  }

  @Test
  void number_tooLargeInJson_isNotInfinity() throws IOException {
    JsonRow row = rows(input("f", "{\"n\": -1e400, \"m\": -Infinity}")).getFirst();
    assertThatThrownBy(() -> row.number("n")).hasMessageContaining("too large");
    assertThat(row.number("m")).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void text_halfPair_refused() throws IOException {
    JsonRow row = rows(input("f", "{\"t\": \" yes \\ud83d\"}")).getFirst();
    assertThatThrownBy(() -> row.text("t")).hasMessageContaining("half of a surrogate pair");
  }

  @Test
  void integer_fraction_refused() throws IOException {
    JsonRow row = rows(input("f", "a,n\nx,5.6\n")).getFirst();
    assertThatThrownBy(() -> row.integer("n")).hasMessageContaining("whole number");
  }

  @Test
  void forEach_cutGzip_refused() throws IOException {
    Path file = zipped("whole.gz", "a,n\n" + "x,1\n".repeat(10_000)).file();
    byte[] bytes = Files.readAllBytes(file);
    Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> rows(Input.of(cut))).hasMessageContaining("damaged or cut off");
  }

  @Test
  void named_exactNameBeforePattern() throws IOException {
    input("ck[1].csv", "a,n\nx,1\n");
    input("ck1.csv", "a,n\nx,1\n");
    assertThat(Input.named(folder + "/ck[1].csv"))
        .extracting(Input::file)
        .containsExactly(folder.resolve("ck[1].csv"));
    assertThat(Input.named(folder + "/ck*.csv")).hasSize(2);
    assertThat(Input.named(folder + "/ck[0-9].csv"))
        .extracting(Input::file)
        .containsExactly(folder.resolve("ck1.csv"));
    assertThatThrownBy(() -> Input.named(folder + "/no*.csv")).hasMessageContaining("no such file");
    assertThatThrownBy(() -> Input.named(folder.toString())).hasMessageContaining("folder");
  }

  @Test
  void first_stopsEarly() throws IOException {
    assertThat(Rows.first(input("f", "{\"a\": 1}\nnot JSON"), 1)).hasSize(1);
  }
}
