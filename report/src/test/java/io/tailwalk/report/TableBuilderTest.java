package io.tailwalk.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableBuilderTest {
  private record Run(String sampler, long tokens, List<Double> shares, Estimate success) {}

  private static final List<Run> RUNS =
      List.of(
          new Run("vgb", 12, List.of(0.25, 0.5), new Estimate(0.1, 0.5, 0.9)),
          new Run("smc", 7, List.of(Double.NaN, 1.0), Estimate.UNKNOWN));

  @Test
  void build_columnsOfEveryKind_takeTheirCellsFromTheRows() {
    Table table =
        Table.of("Samplers", RUNS)
            .text("sampler", Run::sampler)
            .whole("cost", "tokens", Run::tokens)
            .whole("calls", run -> run.shares().size())
            .number("share", NumberStyle.fixed(2), run -> run.shares().getFirst())
            .number("rate", "nats", NumberStyle.fixed(1), run -> run.shares().getLast())
            .interval("success", NumberStyle.percent(0), Run::success)
            .interval("again", "nats", NumberStyle.fixed(1), Run::success)
            .build();
    Estimate known = new Estimate(0.1, 0.5, 0.9);
    assertThat(table)
        .isEqualTo(
            new Table(
                "Samplers",
                List.of(
                    new Column.Text("sampler"),
                    new Column.Numeral("cost", "tokens", NumberStyle.integer()),
                    new Column.Numeral("calls", "", NumberStyle.integer()),
                    new Column.Numeral("share", "", NumberStyle.fixed(2)),
                    new Column.Numeral("rate", "nats", NumberStyle.fixed(1)),
                    new Column.Interval("success", "", NumberStyle.percent(0)),
                    new Column.Interval("again", "nats", NumberStyle.fixed(1))),
                List.of(
                    List.of(
                        Cell.of("vgb"),
                        Cell.of(12),
                        Cell.of(2),
                        Cell.of(0.25),
                        Cell.of(0.5),
                        Cell.of(known),
                        Cell.of(known)),
                    List.of(
                        Cell.of("smc"),
                        Cell.of(7),
                        Cell.of(2),
                        Cell.of(Double.NaN),
                        Cell.of(1),
                        Cell.of(Estimate.UNKNOWN),
                        Cell.of(Estimate.UNKNOWN)))));
  }

  @Test
  void build_whatIsNotKnown_isADash() {
    Table table =
        Table.of("", RUNS)
            .number("share", NumberStyle.fixed(2), run -> run.shares().getFirst())
            .interval("success", NumberStyle.percent(0), Run::success)
            .build();
    assertThat(table.texts(table.rows().getLast())).containsExactly("–", "–");
  }

  @Test
  void each_severalThings_addsTheirColumnsInOrder() {
    Table table =
        Table.of("", RUNS)
            .text("sampler", Run::sampler)
            .each(
                List.of(0, 1),
                (columns, i) ->
                    columns.number("share " + i, NumberStyle.fixed(2), run -> run.shares().get(i)))
            .text("end", _ -> "x")
            .build();
    assertThat(table.headings()).containsExactly("sampler", "share 0", "share 1", "end");
    assertThat(table.texts(table.rows().getFirst())).containsExactly("vgb", "0.25", "0.50", "x");
  }

  @Test
  void build_noColumn_isRefused() {
    TableBuilder<Run> table = Table.of("", RUNS);
    assertThatThrownBy(table::build).isInstanceOf(IllegalArgumentException.class);
  }
}
