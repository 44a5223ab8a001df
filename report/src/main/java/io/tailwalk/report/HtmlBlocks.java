package io.tailwalk.report;

import java.util.List;

/** Writes the blocks of a page as HTML. */
final class HtmlBlocks {
  private final Markup out;
  private final SeriesStyles styles;
  private int plots;
  private int replays;

  HtmlBlocks(Markup out, SeriesStyles styles) {
    this.out = out;
    this.styles = styles;
  }

  void write(Block block) {
    switch (block) {
      case Prose prose ->
          prose.paragraphs().forEach(text -> out.element("p", text, "dir", "auto").raw("\n"));
      case KeyFigures figures -> figures(figures);
      case Table table -> table(table);
      case Plot plot -> plot(plot);
      case SampleList samples -> HtmlSamples.write(out, samples);
      case Replay replay -> HtmlReplay.write(out, replay, this::table, ++replays);
    }
  }

  private void figures(KeyFigures block) {
    out.open("div", "class", "figures");
    for (KeyFigures.Figure figure : block.figures()) {
      out.open("div", "class", "figure").element("span", figure.label(), "class", "label");
      out.open("span", "class", "value");
      out.element("span", figure.style().format(figure.estimate().value()));
      if (!figure.unit().isEmpty()) {
        out.raw(" ").element("span", figure.unit(), "class", "unit");
      }
      out.close();
      if (!figure.estimate().isExact()) {
        out.element("span", figure.style().interval(figure.estimate()), "class", "range");
      }
      if (!figure.note().isEmpty()) {
        out.element("span", figure.note(), "class", "note");
      }
      out.close();
    }
    out.end();
  }

  private void table(Table table) {
    out.open(
        "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", table.caption());
    out.open("table").open("caption").element("span", table.caption(), "dir", "auto").close();
    out.open("thead").open("tr");
    int main = table.mainColumn();
    for (int i = 0; i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      out.open("th", "scope", "col", "class", kind(column.isNumeric(), i == main));
      out.open("button", "type", "button").text(Visible.onOneLine(column.title(), Visible.NAME));
      String unit = column.heading().substring(column.title().length());
      if (!unit.isEmpty()) {
        out.element("span", unit, "class", "unit");
      }
      out.close().close();
    }
    out.close().close().raw("\n").open("tbody");
    for (List<Cell> row : table.rows()) {
      out.open("tr");
      for (int i = 0; i < row.size(); i++) {
        cell(table.columns().get(i), row.get(i), i == 0, i == main);
      }
      out.end();
    }
    out.close().close().end();
  }

  private void cell(Column column, Cell cell, boolean first, boolean main) {
    switch (cell) {
      case Cell.Text(String text) -> {
        if (first) {
          out.element("th", text, "scope", "row", "class", kind(false, main), "dir", "auto");
        } else {
          out.element("td", text, "class", kind(false, main), "dir", "auto");
        }
      }
      case Cell.Numeral(double value) ->
          out.element(
              "td", column.format(cell), "class", kind(true, main), "data-sort", "" + value);
      case Cell.Interval(Estimate estimate) -> {
        out.open("td", "class", kind(true, main), "data-sort", "" + estimate.value());
        String text = column.format(cell);
        int bracket = text.indexOf(" [");
        if (bracket < 0) {
          out.text(text);
        } else {
          out.text(text.substring(0, bracket)).raw(" ");
          out.element("span", text.substring(bracket + 1), "class", "range");
        }
        out.close();
      }
    }
  }

  private static String kind(boolean number, boolean main) {
    return (number ? "number" : "text") + (main ? " main" : "");
  }

  private void plot(Plot plot) {
    plots++;
    String id = "plot" + plots;
    var chart = ChartOption.of(plot.chart(), styles);
    out.open("figure");
    out.element("h3", plot.title(), "dir", "auto");
    out.open(
            "div",
            "class",
            "plot",
            "id",
            id,
            "role",
            "img",
            "aria-label",
            plot.title() + ". " + plot.description(),
            "style",
            "height:" + chart.get("height").asInt() + "px")
        .close();
    out.open("script", "type", "application/json", "data-plot", id)
        .raw(HtmlReport.embedded(chart))
        .end();
    out.element("figcaption", plot.description(), "dir", "auto");
    out.open("details", "class", "data").element("summary", "The numbers as a table");
    table(ChartTable.of(plot));
    out.close().end();
  }
}
