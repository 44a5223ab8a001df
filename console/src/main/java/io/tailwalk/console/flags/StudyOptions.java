package io.tailwalk.console.flags;

import io.tailwalk.console.Console;
import io.tailwalk.runs.work.Study;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

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
      Study.checkFolder(folder);
    }
  }

  /** Writes the files that are wanted, and shows the tables with their remarks, or the JSON. */
  public void show(Console console, Study study) {
    if (folder != null) {
      study.write(folder);
    }
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
