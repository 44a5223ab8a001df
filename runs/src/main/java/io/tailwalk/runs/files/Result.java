package io.tailwalk.runs.files;

import io.tailwalk.report.Estimate;
import io.tailwalk.report.MarkdownTable;
import io.tailwalk.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The result of one command.
 *
 * @param study the command
 * @param source the name of the file without its folder
 * @param lines one entry per checkpoint, run or sampler
 * @param sentences what the numbers say, and how to read them
 * @param more further tables
 */
record Result(
    String study, String source, List<ExportLine> lines, List<String> sentences, List<Table> more) {

  /** The result as Markdown, with its text escaped. */
  String markdown() {
    StringBuilder out = new StringBuilder();
    paragraph(out, "### " + MarkdownTable.escape(study + " (" + source + ")"));
    sentences.forEach(sentence -> paragraph(out, MarkdownTable.escape(sentence)));
    out.append(MarkdownTable.render(table())).append('\n');
    more.forEach(table -> {
      paragraph(out, MarkdownTable.escape(table.caption()));
      out.append(MarkdownTable.render(table)).append('\n');
    });
    if (lines.stream()
        .anyMatch(line -> line.figures().values().stream().anyMatch(ResultFigure::hasInterval))) {
      paragraph(out, MarkdownTable.escape(Estimate.LEGEND));
    }
    return out.toString();
  }

  private static void paragraph(StringBuilder out, String text) {
    out.append(text).append("\n\n");
  }

  /** The longer of lines and keys goes down. */
  private Table table() {
    Set<String> shown = new LinkedHashSet<>();
    for (ExportLine line : lines) {
      line.figures()
          .forEach((key, figure) -> {
            if (!line.isDetail(key) && !Double.isNaN(figure.value())) {
              shown.add(key);
            }
          });
    }
    List<String> keys = new ArrayList<>(shown);
    if (lines.size() > keys.size()) {
      return Table.of(study, lines)
          .text("name", ExportLine::name)
          .each(keys, (table, key) -> table.text(key, line -> cell(line, key)))
          .build();
    }
    return Table.of(study, keys)
        .text("metric", key -> key)
        .each(lines, (table, line) -> table.text(line.name(), key -> cell(line, key)))
        .build();
  }

  private static String cell(ExportLine line, String key) {
    ResultFigure figure = line.figures().get(key);
    return figure == null ? "" : figure.text();
  }
}
