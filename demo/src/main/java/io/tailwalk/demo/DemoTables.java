package io.tailwalk.demo;

import io.tailwalk.report.Cell;
import io.tailwalk.report.Column;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Table;
import io.tailwalk.runs.sample.PromptResult;
import java.util.ArrayList;
import java.util.List;

/** The numbers of the demonstration as tables. */
final class DemoTables {
  private static final NumberStyle MASS = NumberStyle.significant(2);

  private DemoTables() {}

  /** The table of the samplers, one row per sampler. */
  static Table samplers(List<SamplerScore> scores) {
    List<Column> columns =
        List.of(
            new Column.Text("sampler"),
            new Column.Text("prompts solved"),
            new Column.Numeral("different answers", "", NumberStyle.integer()),
            new Column.Numeral("distinct-2", "", NumberStyle.fixed(2)),
            new Column.Numeral("model tokens", "", NumberStyle.integer()),
            new Column.Numeral("calls", "", NumberStyle.integer()),
            new Column.Interval("success probability, median prompt", "", MASS));
    List<List<Cell>> rows = new ArrayList<>();
    for (SamplerScore score : scores) {
      rows.add(
          List.of(
              Cell.of(score.name()),
              Cell.of(score.solved() + " of " + score.results().size()),
              Cell.of(score.distinct()),
              Cell.of(score.distinctPairs()),
              Cell.of((double) score.cost().modelTokens()),
              Cell.of((double) score.cost().modelCalls()),
              Cell.of(score.medianSuccessProbability())));
    }
    return new Table(
        "Three samplers at the same budget of model tokens; success probability with its 95%"
            + " interval, median prompt",
        columns, rows);
  }

  /**
   * The table of the prompts, one row per prompt, with the success probability estimated by each
   * sampler.
   */
  static Table prompts(List<SamplerScore> scores) {
    List<Column> columns = new ArrayList<>(List.of(new Column.Text("prompt")));
    for (SamplerScore score : scores) {
      columns.add(new Column.Interval(score.name(), "", MASS));
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < scores.getFirst().results().size(); i++) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.of(scores.getFirst().results().get(i).job().id()));
      for (SamplerScore score : scores) {
        PromptResult result = score.results().get(i);
        row.add(Cell.of(SamplerScore.successProbability(result)));
      }
      rows.add(row);
    }
    return new Table(
        "Probability that the model's own completion passes, with 95% intervals", columns, rows);
  }
}
