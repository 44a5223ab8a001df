package io.tailwalk.console.flags;

import io.tailwalk.console.Console;
import io.tailwalk.runs.work.Study;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Output flags of commands that study a prompt set. */
public final class StudyOptions {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for report.html, the same report as Markdown and JSON, and the results as JSON.")
  private @Nullable Path folder;

  @Option(names = "--json", description = "Print the results as JSON to stdout.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Suppress progress on stderr.")
  private boolean quiet;

  /** Whether to suppress progress. */
  public boolean quiet() {
    return quiet;
  }

  /** The folder, if one is given. */
  public Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }

  /** Checks the folder before the work begins; it is created at the end. */
  public void prepare() {
    if (folder != null) {
      Study.checkFolder(folder);
    }
  }

  /** Writes the requested files, and prints either the tables and their remarks or the JSON. */
  public void show(Console console, Study study) {
    if (folder != null) {
      study.write(folder);
    }
    showWritten(console, study);
  }

  /** Prints the tables and their remarks or the JSON of a study whose files are written. */
  public void showWritten(Console console, Study study) {
    if (json) {
      console.data(study.json());
    } else {
      console.show(study);
      if (folder != null) {
        console.print("written to " + folder + ": report.html, " + study.name() + ".json");
      }
    }
  }
}
