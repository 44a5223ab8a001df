package io.tailwalk.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TableFormsTest {
  private static final Table TABLE =
      new Table(
          "Samplers",
          List.of(
              new Column.Text("Sampler"),
              new Column.Interval("Success", "", NumberStyle.fixed(2)),
              new Column.Numeral("Cost", "tokens", NumberStyle.integer())),
          List.of(
              List.of(Cell.of("vgb"), Cell.of(new Estimate(0.1, 0.5, 0.9)), Cell.of(12345)),
              List.of(
                  Cell.of("表 | 🧪 of a long name"),
                  Cell.of(Estimate.exactly(1)),
                  Cell.of(Double.NaN))));

  private static final Table HOSTILE =
      new Table(
          "",
          List.of(new Column.Text("Text"), new Column.Text("Again")),
          ExamplePage.HOSTILE.stream().map(text -> List.of(Cell.of(text), Cell.of(text))).toList());

  @Test
  void console_wideWindow_alignsColumns() {
    assertThat(ConsoleTable.render(TABLE, 80, false))
        .isEqualTo(
            """
            Sampler                           Success  Cost (tokens)
            ────────────────────────────────────────────────────────
            vgb                     0.50 [0.10, 0.90]         12,345
            表 | 🧪 of a long name               1.00              –
            """);
  }

  @Test
  void console_narrowerWindow_cutsWordsFirst() {
    assertThat(ConsoleTable.render(TABLE, 47, false))
        .isEqualTo(
            """
            Sampler                  Success  Cost (tokens)
            ───────────────────────────────────────────────
            vgb            0.50 [0.10, 0.90]         12,345
            表 | 🧪 of a…               1.00              –
            """);
  }

  @Test
  void console_tooNarrowWindow_listsRows() {
    assertThat(ConsoleTable.render(TABLE, 30, true))
        .startsWith(
            """
            \u001b[1mSampler: vgb\u001b[0m
              Success: 0.50 [0.10, 0.90]
              Cost (tokens): 12,345
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 60, 100, 400})
  void console_anyText_staysInsideTheWindowAndMovesNoCursor(int width) {
    String text = ConsoleTable.render(HOSTILE, width, false);
    assertThat(text).doesNotContainPattern("[\\p{Cntrl}&&[^\n]]");
    List<String> lines = text.lines().toList();
    assertThat(lines).hasSize(ExamplePage.HOSTILE.size() + 2);
    assertThat(lines).allMatch(line -> TextWidth.of(line) <= width);
  }

  @Test
  void markdown_table_isAPipeTable() {
    assertThat(MarkdownTable.render(TABLE))
        .isEqualTo(
            """
            | Sampler | Success | Cost (tokens) |
            | --- | ---: | ---: |
            | vgb | 0.50 \\[0.10, 0.90\\] | 12,345 |
            | 表 \\| 🧪 of a long name | 1.00 | – |
            """);
  }

  @Test
  void markdown_hostileText_keepsTheShapeOfTheTable() {
    List<String> lines = MarkdownTable.render(HOSTILE).lines().toList();
    assertThat(lines).hasSize(ExamplePage.HOSTILE.size() + 2);
    assertThat(lines)
        .allMatch(line -> line.replaceAll("\\\\.", "").chars().filter(c -> c == '|').count() == 3);
    assertThat(lines.stream().map(l -> l.replaceAll("\\\\.", "")).collect(Collectors.joining()))
        .doesNotContain("<")
        .doesNotContain("`")
        .doesNotContain("*");
  }

  @Test
  void mainColumn_isTheFirstEstimateElseTheFirstNumberElseTheSecond() {
    Column words = new Column.Text("words");
    Column number = new Column.Numeral("number", "", NumberStyle.integer());
    Column interval = new Column.Interval("interval", "", NumberStyle.integer());
    assertThat(mainColumn(words, number, interval, interval)).isEqualTo(2);
    assertThat(mainColumn(interval, words, number, number)).isEqualTo(2);
    assertThat(mainColumn(number, words)).isEqualTo(1);
    assertThat(mainColumn(words)).isEqualTo(-1);
  }

  private static int mainColumn(Column... columns) {
    return new Table("", List.of(columns), List.of()).mainColumn();
  }

  @Test
  void table_cellOfAnotherKind_isRefused() {
    List<Column> words = List.of(new Column.Text("Text"));
    List<List<Cell>> number = List.of(List.of(Cell.of(1.0)));
    assertThatThrownBy(() -> new Table("", words, number))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit column Text");
    List<List<Cell>> two = List.of(List.of(Cell.of(""), Cell.of("")));
    assertThatThrownBy(() -> new Table("", words, two))
        .hasMessage("a row has 2 cells for 1 columns");
    assertThatThrownBy(() -> new Table("", List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
