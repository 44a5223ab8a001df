package io.tailwalk.cli.generate;

import io.tailwalk.cli.console.Console;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.ModelStamp;
import io.tailwalk.records.OutputFolder;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.ConsoleTable;
import io.tailwalk.report.ReportFiles;
import io.tailwalk.report.ReportPage;
import io.tailwalk.report.Table;
import io.tailwalk.runs.work.Provenance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** The flags of commands that study a prompt set, and where their figures go. */
public final class StudyOptions {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write report.html with its twins, and the figures as JSON, into this folder.")
  private @Nullable Path folder;

  @Option(names = "--json", description = "Print the figures as JSON on stdout.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress on stderr.")
  private boolean quiet;

  /** Whether progress is unwanted. */
  public boolean quiet() {
    return quiet;
  }

  /** Whether figures go to stdout as JSON. */
  public boolean isJson() {
    return json;
  }

  /** Tries the folder, so that a bad place is found before the work; it is made at the end. */
  public void prepare() {
    if (folder != null) {
      OutputFolder.check(folder);
    }
  }

  /** How the figures were made. */
  public static RunRecord record(
      List<String> words, ModelIdentity model, long seed, Map<String, Object> params) {
    return Provenance.record(
        words, List.of(new ModelStamp(model.name(), model.fingerprint())), seed, params);
  }

  /** Writes the files that are wanted, and shows the tables or the JSON. */
  public void show(
      Console console, String name, ObjectNode figures, ReportPage page, List<Table> tables) {
    show(console, name, figures, page, tables, List.of());
  }

  /** The same with sentences below the tables. */
  public void show(
      Console console,
      String name,
      ObjectNode figures,
      ReportPage page,
      List<Table> tables,
      List<String> remarks) {
    if (folder != null) {
      AtomicFiles.folder(folder);
      AtomicFiles.write(folder.resolve(name + ".json"), JsonText.pretty(figures));
      ReportFiles.write(page, folder, "report");
    }
    if (json) {
      console.data(JsonText.line(figures));
      return;
    }
    int width = console.outIsTerminal() ? console.width() : 120;
    for (Table table : tables) {
      console.out().print(ConsoleTable.render(table, width, console.outIsTerminal()));
      console.print("");
    }
    remarks.forEach(console::print);
    if (folder != null) {
      console.print("written to " + folder + ": report.html, " + name + ".json");
    }
  }
}
