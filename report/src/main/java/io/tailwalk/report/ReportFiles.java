package io.tailwalk.report;

import io.tailwalk.records.AtomicFiles;
import java.nio.file.Path;

/** Writes the three forms of a page side by side. */
public final class ReportFiles {
  private ReportFiles() {}

  /**
   * Writes {@code NAME.html}, {@code NAME.json} and {@code NAME.md}, each of them atomically.
   *
   * @param page the page
   * @param folder output folder; must exist
   * @param name file name without extension
   * @return the HTML file
   * @throws io.tailwalk.records.TableException if the folder is not writable
   */
  public static Path write(ReportPage page, Path folder, String name) {
    AtomicFiles.write(folder.resolve(name + ".json"), JsonReport.render(page));
    AtomicFiles.write(folder.resolve(name + ".md"), MarkdownReport.render(page));
    Path html = folder.resolve(name + ".html");
    AtomicFiles.write(html, HtmlReport.render(page));
    return html;
  }
}
