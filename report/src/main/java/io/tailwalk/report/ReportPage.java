package io.tailwalk.report;

import io.tailwalk.records.RunRecord;
import java.util.List;

/**
 * A whole report, from which the HTML, JSON and Markdown forms are made.
 *
 * @param title what it is
 * @param subtitle what was run on what, one line
 * @param sections in order
 * @param run how the numbers were made
 */
public record ReportPage(String title, String subtitle, List<Section> sections, RunRecord run) {
  /** Copies the sections. */
  public ReportPage {
    sections = List.copyOf(sections);
  }
}
