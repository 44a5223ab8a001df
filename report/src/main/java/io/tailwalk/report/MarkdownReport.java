package io.tailwalk.report;

import io.tailwalk.records.JsonText;
import io.tailwalk.records.SampleRow;

/** A page as Markdown; charts are written as tables of their numbers. */
public final class MarkdownReport {
  private static final NumberStyle NATS = NumberStyle.fixed(2);
  private static final NumberStyle WEIGHT = NumberStyle.significant(3);

  /** Maximum number of characters of a run record: our data, with text from outside in it. */
  private static final int RECORD = 10 * Visible.TEXT;

  private final StringBuilder out = new StringBuilder();

  private MarkdownReport() {}

  /**
   * Renders a page.
   *
   * @param page the page; its text is never interpreted as markup
   * @return Markdown ending in a line break
   */
  public static String render(ReportPage page) {
    MarkdownReport report = new MarkdownReport();
    report.paragraph("# " + MarkdownTable.escape(page.title()));
    report.paragraph(MarkdownTable.escape(page.subtitle()));
    for (Section section : page.sections()) {
      report.paragraph("## " + MarkdownTable.escape(section.title()));
      section.blocks().forEach(report::block);
    }
    report.paragraph("## How this was made");
    report.fenced(JsonText.pretty(page.run().json()), "json", RECORD);
    return report.out.toString().stripTrailing() + "\n";
  }

  private void block(Block block) {
    switch (block) {
      case Prose prose -> prose.paragraphs().forEach(text -> paragraph(MarkdownTable.escape(text)));
      case KeyFigures figures -> figures(figures);
      case Table table -> table(table);
      case Plot plot -> {
        paragraph("### " + MarkdownTable.escape(plot.title()));
        paragraph(MarkdownTable.escape(plot.description()));
        out.append(MarkdownTable.render(ChartTable.of(plot))).append('\n');
      }
      case Replay replay -> {
        paragraph("### " + MarkdownTable.escape(replay.title()));
        paragraph(MarkdownTable.escape(replay.description()));
        out.append(MarkdownTable.render(replay.table())).append('\n');
      }
      case SampleList list -> {
        paragraph(MarkdownTable.escape(list.caption()));
        list.byPrompt().forEach(this::prompt);
      }
    }
  }

  private void figures(KeyFigures block) {
    for (KeyFigures.Figure figure : block.figures()) {
      String unit = figure.unit().isEmpty() ? "" : " " + figure.unit();
      String note = figure.note().isEmpty() ? "" : ": " + figure.note();
      out.append("- **").append(MarkdownTable.escape(figure.label())).append("** ");
      out.append(MarkdownTable.escape(figure.style().format(figure.estimate()) + unit + note));
      out.append('\n');
    }
    out.append('\n');
  }

  private void table(Table table) {
    paragraph(MarkdownTable.escape(table.caption()));
    out.append(MarkdownTable.render(table)).append('\n');
  }

  private void prompt(SampleList.Prompt prompt) {
    paragraph("### Prompt " + MarkdownTable.escape(prompt.id()));
    fenced(prompt.text(), "text", Visible.TEXT);
    prompt.samples().forEach(this::sample);
  }

  private void sample(SampleRow sample) {
    paragraph(
        "**"
            + SampleList.Verdict.of(sample).word()
            + "** "
            + NATS.format(sample.score().logProb())
            + " nats, weight "
            + WEIGHT.format(sample.score().weight())
            + ", "
            + MarkdownTable.escape(sample.origin().sampler()));
    fenced(sample.completion().text(), "text", Visible.TEXT);
  }

  private void paragraph(String text) {
    out.append(text).append("\n\n");
  }

  private void fenced(String text, String language, int most) {
    String body = Visible.of(text, most);
    String fence = "`".repeat(Math.max(3, 1 + longestRun(body)));
    out.append(fence).append(language).append('\n').append(body);
    out.append(body.endsWith("\n") ? "" : "\n").append(fence).append("\n\n");
  }

  /** Length of the longest sequence of backticks. */
  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
