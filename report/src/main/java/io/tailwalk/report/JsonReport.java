package io.tailwalk.report;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.records.Doubles;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.SampleRows;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A page as JSON: the same blocks with all digits of the numbers. NaN is {@code null}, infinities
 * are {@code "-inf"} and {@code "inf"}.
 */
public final class JsonReport {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonReport() {}

  /**
   * Renders a page.
   *
   * @param page the page
   * @return indented JSON ending in a line break
   */
  public static String render(ReportPage page) {
    ObjectNode json = NODES.objectNode();
    json.put("title", page.title()).put("subtitle", page.subtitle());
    ArrayNode sections = json.putArray("sections");
    for (Section section : page.sections()) {
      ArrayNode blocks = sections.addObject().put("title", section.title()).putArray("blocks");
      section.blocks().forEach(block -> blocks.add(block(block)));
    }
    json.set("run", page.run().json());
    return JsonText.pretty(json);
  }

  private static ObjectNode block(Block block) {
    ObjectNode json = NODES.objectNode();
    switch (block) {
      case Prose prose -> texts(json.put("kind", "prose"), "paragraphs", prose.paragraphs());
      case KeyFigures figures -> figures(json.put("kind", "key_figures"), figures);
      case Table table -> table(json.put("kind", "table"), table);
      case Plot plot -> plot(json.put("kind", "plot"), plot);
      case SampleList list -> samples(json.put("kind", "samples"), list);
      case Replay replay ->
          json.put("kind", "replay")
              .put("title", replay.title())
              .put("description", replay.description())
              .setAll(HtmlReplay.json(replay));
    }
    return json;
  }

  private static void figures(ObjectNode json, KeyFigures block) {
    ArrayNode figures = json.putArray("figures");
    for (KeyFigures.Figure figure : block.figures()) {
      ObjectNode entry = figures.addObject().put("label", figure.label());
      entry.put("unit", figure.unit()).setAll(estimate(figure.estimate()));
      entry.put("note", figure.note());
    }
  }

  private static void table(ObjectNode json, Table table) {
    json.put("caption", table.caption());
    ArrayNode columns = json.putArray("columns");
    for (Column column : table.columns()) {
      columns
          .addObject()
          .put("title", column.title())
          .put("unit", column.unit())
          .put("kind", column.kind());
    }
    ArrayNode rows = json.putArray("rows");
    for (List<Cell> cells : table.rows()) {
      ArrayNode row = rows.addArray();
      cells.forEach(cell -> row.add(cell(cell)));
    }
  }

  private static JsonNode cell(Cell cell) {
    return switch (cell) {
      case Cell.Text(String text) -> NODES.stringNode(text);
      case Cell.Numeral(double value) -> number(value);
      case Cell.Interval(Estimate estimate) -> estimate(estimate);
    };
  }

  private static void plot(ObjectNode json, Plot plot) {
    String chart =
        switch (plot.chart()) {
          case Chart.Lines _ -> "lines";
          case Chart.Scatter _ -> "scatter";
          case Chart.Bars _ -> "bars";
          case Chart.Dots _ -> "dots";
          case Chart.HeatMap _ -> "heat_map";
        };
    json.put("chart", chart).put("title", plot.title()).put("description", plot.description());
    table(json.putObject("data"), ChartTable.of(plot));
  }

  private static void samples(ObjectNode json, SampleList list) {
    json.put("caption", list.caption());
    ArrayNode samples = json.putArray("samples");
    list.samples().forEach(sample -> samples.add(JsonText.parse(SampleRows.line(sample))));
  }

  private static void texts(ObjectNode json, String field, List<String> texts) {
    ArrayNode array = json.putArray(field);
    texts.forEach(array::add);
  }

  private static ObjectNode estimate(Estimate estimate) {
    ObjectNode json = ends(estimate);
    EndKind low = estimate.lowKind();
    EndKind high = estimate.highKind();
    if (low != null && high != null) {
      json.put("low_kind", low.wireName());
      json.put("high_kind", high.wireName());
    }
    return json;
  }

  private static ObjectNode ends(Estimate estimate) {
    ObjectNode json = NODES.objectNode();
    json.set("value", number(estimate.value()));
    json.set("low", number(estimate.low()));
    json.set("high", number(estimate.high()));
    return json;
  }

  private static JsonNode number(double value) {
    return value == Double.POSITIVE_INFINITY ? NODES.stringNode("inf") : Doubles.json(value);
  }
}
