package io.tailwalk.runs.work;

import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.Identity;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.OutputFolder;
import io.tailwalk.report.ConsoleTable;
import io.tailwalk.report.ReportFiles;
import io.tailwalk.report.ReportPage;
import io.tailwalk.report.Table;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result of a study in all its forms: figures as JSON, a page, tables and sentences for a
 * terminal.
 *
 * @param name name of the study and of its JSON file
 * @param figures the numbers and their provenance
 * @param page the report
 * @param tables tables for a terminal
 * @param remarks sentences below the tables
 * @param warnings sentences for standard error
 */
public record Study(
    String name,
    ObjectNode figures,
    ReportPage page,
    List<Table> tables,
    List<String> remarks,
    List<String> warnings) {
  /** Keeps immutable copies. */
  public Study {
    tables = List.copyOf(tables);
    remarks = List.copyOf(remarks);
    warnings = List.copyOf(warnings);
  }

  /** A study without warnings. */
  public Study(
      String name, ObjectNode figures, ReportPage page, List<Table> tables, List<String> remarks) {
    this(name, figures, page, tables, remarks, List.of());
  }

  /**
   * Checks that a folder is writable, so that an invalid folder is detected before the work starts.
   *
   * @throws InputException if the folder is not writable
   */
  public static void checkFolder(Path folder) {
    OutputFolder.check(folder);
  }

  /** The study with the identity of its run in its figures, for a study that can be resumed. */
  public Study with(Identity run) {
    ObjectNode more = figures.deepCopy();
    more.put("run_key", run.key());
    more.set("identity", run.json());
    return new Study(name, more, page, tables, remarks, warnings);
  }

  /** The figures as one line of JSON. */
  public String json() {
    return JsonText.line(figures);
  }

  /**
   * The tables as text, each followed by an empty line.
   *
   * @param width width of the terminal, in columns
   * @param styled whether terminal escapes may be used
   */
  public String text(int width, boolean styled) {
    var text = new StringBuilder();
    for (Table table : tables) {
      text.append(ConsoleTable.render(table, width, styled)).append('\n');
    }
    return text.toString();
  }

  /** Writes {@code NAME.json} and the report as HTML, JSON and Markdown into a folder. */
  public void write(Path folder) {
    AtomicFiles.folder(folder);
    AtomicFiles.write(folder.resolve(name + ".json"), JsonText.pretty(figures));
    ReportFiles.write(page, folder, "report");
  }
}
