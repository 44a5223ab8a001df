package io.tailwalk.report;

import io.tailwalk.records.RunRecord;
import java.util.List;

/**
 * A complete report, from which the HTML, JSON and Markdown forms are made.
 *
 * @param title title of the report
 * @param subtitle model and task of the run, one line
 * @param sections sections in order
 * @param run provenance of the numbers
 */
public record ReportPage(String title, String subtitle, List<Section> sections, RunRecord run) {
  /** Copies the sections. */
  public ReportPage {
    sections = List.copyOf(sections);
  }
}
