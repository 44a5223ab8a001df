package io.tailwalk.report;

import io.tailwalk.records.SampleRow;
import java.util.List;
import java.util.Locale;

/** Writes the blocks of a page as HTML. */
final class HtmlBlocks {
  private static final NumberStyle NATS = NumberStyle.fixed(2);
  private static final NumberStyle WEIGHT = NumberStyle.significant(3);

  private final Markup out;
  private int plots;
  private int replays;

  HtmlBlocks(Markup out) {
    this.out = out;
  }

  void write(Block block) {
    switch (block) {
      case Prose prose ->
          prose.paragraphs().forEach(text -> out.open("p", "dir", "auto").text(text).end());
      case KeyFigures figures -> figures(figures);
      case Table table -> table(table);
      case Plot plot -> plot(plot);
      case SampleList samples -> samples(samples);
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
    for (Column column : table.columns()) {
      String kind = column.isNumeric() ? "number" : "text";
      out.open("th", "scope", "col", "class", kind);
      out.open("button", "type", "button").text(column.title());
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
        cell(table.columns().get(i), row.get(i), i == 0);
      }
      out.end();
    }
    out.close().close().end();
  }

  private void cell(Column column, Cell cell, boolean first) {
    switch (cell) {
      case Cell.Text(String text) -> {
        if (first) {
          out.element("th", text, "scope", "row", "class", "text", "dir", "auto");
        } else {
          out.element("td", text, "class", "text", "dir", "auto");
        }
      }
      case Cell.Numeral(double value) ->
          out.element("td", column.format(cell), "class", "number", "data-sort", "" + value);
      case Cell.Interval(Estimate estimate) -> {
        out.open("td", "class", "number", "data-sort", "" + estimate.value());
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

  private void plot(Plot plot) {
    plots++;
    String id = "plot" + plots;
    var chart = ChartOption.of(plot.chart());
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

  private void samples(SampleList list) {
    out.element("p", list.caption(), "class", "caption", "dir", "auto");
    out.open("div", "class", "samples").raw("\n");
    list.samples().forEach(this::sample);
    out.end();
  }

  private void sample(SampleRow sample) {
    SampleList.Verdict verdict = SampleList.Verdict.of(sample);
    String kind = verdict.name().toLowerCase(Locale.ROOT);
    out.open("details", "class", "sample").open("summary");
    out.element("span", verdict.word(), "class", "verdict " + kind);
    snippet(sample.completion().text());
    out.open("span", "class", "score").text(NATS.format(sample.score().logProb()) + " nats");
    out.text(", weight " + WEIGHT.format(sample.score().weight())).close();
    out.close().open("div", "class", "body");
    out.element("p", "Prompt " + sample.id(), "class", "what");
    out.element("pre", sample.prompt().text(), "dir", "auto");
    out.element("p", "Completion", "class", "what");
    out.element("pre", sample.completion().text(), "dir", "auto");
    out.open("dl");
    facts(sample);
    out.close().close().end();
  }

  private void snippet(String text) {
    if (text.isBlank()) {
      out.element("span", text.isEmpty() ? "(empty)" : "(blank)", "class", "snippet empty");
    } else {
      out.element("bdi", Visible.onOneLine(text), "class", "snippet", "dir", "auto");
    }
  }

  private void facts(SampleRow sample) {
    fact(
        "Sampler", sample.origin().sampler() + " (" + sample.origin().targetLaw().wireName() + ")");
    fact("Reward", WEIGHT.format(sample.score().reward()));
    fact("Seed", Long.toString(sample.origin().seed()));
    fact("Ended by", sample.origin().finishReason());
    fact(
        "Tokens",
        sample.usage().completionTokens()
            + " kept, "
            + sample.usage().discardedTokens()
            + " discarded");
    fact("Verifier calls", Long.toString(sample.usage().verifierCalls()));
  }

  private void fact(String name, String value) {
    out.open("div").element("dt", name).element("dd", value, "dir", "auto").close();
  }
}
