package io.tailwalk.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.records.Json;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.RunRecord;
import io.tailwalk.records.SampleRows;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A page as JSON: the same blocks with all digits of the numbers. NaN is {@code null}, infinities
 * are {@code "-inf"} and {@code "inf"}.
 */
public final class JsonReport {
  private JsonReport() {}

  /**
   * Renders a page.
   *
   * @param page the page
   * @return indented JSON ending in a line break
   */
  public static String render(ReportPage page) {
    List<Part> sections =
        page.sections().stream()
            .map(section ->
                new Part(section.title(), section.blocks().stream().map(JsonReport::of).toList()))
            .toList();
    return JsonText.pretty(Json.of(new Page(page.title(), page.subtitle(), sections, page.run())));
  }

  private record Page(String title, String subtitle, List<Part> sections, RunRecord run) {}

  private record Part(String title, List<Record> blocks) {}

  private static Record of(Block block) {
    return switch (block) {
      case Prose prose -> new Text("prose", prose.paragraphs());
      case KeyFigures figures ->
          new Figures("key_figures", figures.figures().stream().map(Figure::of).toList());
      case Table table -> new Tabular("table", Cells.of(table));
      case Plot plot ->
          new Charted(
              "plot",
              kind(plot.chart()),
              plot.title(),
              plot.description(),
              Cells.of(ChartTable.of(plot)));
      case SampleList list ->
          new Samples(
              "samples",
              list.caption(),
              list.samples().stream().map(SampleRows::line).map(JsonText::parse).toList());
      case Replay replay ->
          new Walk("replay", replay.title(), replay.description(), HtmlReplay.Walk.of(replay));
    };
  }

  private record Text(String kind, List<String> paragraphs) {}

  private record Figures(String kind, List<Figure> figures) {}

  private record Figure(String label, String unit, @JsonUnwrapped Ends estimate, String note) {
    static Figure of(KeyFigures.Figure figure) {
      return new Figure(figure.label(), figure.unit(), Ends.of(figure.estimate()), figure.note());
    }
  }

  private record Ends(
      double value,
      double low,
      double high,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<EndKind> lowKind,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<EndKind> highKind) {
    static Ends of(Estimate estimate) {
      return new Ends(
          estimate.value(),
          estimate.low(),
          estimate.high(),
          Optional.ofNullable(estimate.lowKind()),
          Optional.ofNullable(estimate.highKind()));
    }
  }

  private record Tabular(String kind, @JsonUnwrapped Cells table) {}

  private record Charted(String kind, String chart, String title, String description, Cells data) {}

  private record Samples(String kind, String caption, List<JsonNode> samples) {}

  private record Walk(
      String kind, String title, String description, @JsonUnwrapped HtmlReplay.Walk walk) {}

  private record Cells(String caption, List<Heading> columns, List<List<Object>> rows) {
    static Cells of(Table table) {
      return new Cells(
          table.caption(),
          table.columns().stream().map(Heading::of).toList(),
          table.rows().stream().map(row -> row.stream().map(Cells::value).toList()).toList());
    }

    private static Object value(Cell cell) {
      return switch (cell) {
        case Cell.Text(String text) -> text;
        case Cell.Numeral(double value) -> value;
        case Cell.Interval(Estimate estimate) -> Ends.of(estimate);
      };
    }
  }

  private record Heading(String title, String unit, String kind) {
    static Heading of(Column column) {
      return new Heading(column.title(), column.unit(), column.kind());
    }
  }

  private static String kind(Chart chart) {
    return switch (chart) {
      case Chart.Lines _ -> "lines";
      case Chart.Scatter _ -> "scatter";
      case Chart.Bars _ -> "bars";
      case Chart.Dots _ -> "dots";
      case Chart.HeatMap _ -> "heat_map";
    };
  }
}
