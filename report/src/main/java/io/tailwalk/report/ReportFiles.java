package io.tailwalk.report;

import io.tailwalk.records.AtomicFiles;
import java.nio.file.Path;

/** Writes the three forms of a page side by side. */
public final class ReportFiles {
  private ReportFiles() {}

  /**
   * Writes {@code NAME.html}, {@code NAME.json} and {@code NAME.md}, each whole or not at all.
   *
   * @param page the page
   * @param folder where; must exist
   * @param name without an ending
   * @return the HTML file
   * @throws io.tailwalk.records.TableException when the folder cannot be written
   */
  public static Path write(ReportPage page, Path folder, String name) {
    AtomicFiles.write(folder.resolve(name + ".json"), JsonReport.render(page));
    AtomicFiles.write(folder.resolve(name + ".md"), MarkdownReport.render(page));
    Path html = folder.resolve(name + ".html");
    AtomicFiles.write(html, HtmlReport.render(page));
    return html;
  }
}
