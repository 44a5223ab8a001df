package io.tailwalk.runs.sample;

import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.OutputFolder;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.ReportFiles;
import io.tailwalk.report.ReportPage;
import io.tailwalk.report.Section;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.sampling.Sampler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The page that replays the walk of one prompt. */
public final class ReplayFile {
  private static final String ENDING = ".html";

  private final Path folder;
  private final String name;
  private final RecordedWalk walk;

  /**
   * Checks the file name and the sampler before any work is done.
   *
   * @throws InputException if the name does not end in {@code .html}, or the sampler makes no tours
   */
  public ReplayFile(Path file, Sampler sampler, PromptJob job, Vocabulary vocabulary) {
    String last = String.valueOf(file.getFileName());
    if (!last.endsWith(ENDING) || last.equals(ENDING) || Files.isDirectory(file)) {
      throw InputException.about("replay", "the name of the page must end in .html, got " + file);
    }
    Object form = sampler.params().get("form");
    boolean tours = sampler.params().containsKey("tours") && !"fixed-time".equals(form);
    if (!tours) {
      throw InputException.about(
          "replay",
          "a replay shows walks that return to the root, which "
              + sampler.name()
              + (form == null ? "" : " of form " + form)
              + " does not make; use vgb-momentum, or vgb with form=tours");
    }
    Path parent = file.toAbsolutePath().getParent();
    this.folder = parent == null ? file.toAbsolutePath() : parent;
    OutputFolder.check(folder);
    this.name = last.substring(0, last.length() - ENDING.length());
    this.walk = RecordedWalk.of(job, vocabulary);
  }

  /** The walk being recorded. */
  public RecordedWalk walk() {
    return walk;
  }

  /** Writes the page as HTML, JSON and Markdown; returns false if there was no step to show. */
  public boolean write(String subtitle, RunRecord run) {
    Optional<Section> replay = walk.section("Replay");
    if (replay.isEmpty()) {
      return false;
    }
    var page =
        new ReportPage(
            "A walk on the tree of prefixes",
            subtitle + ", prompt " + walk.job().id(),
            List.of(replay.get()),
            run);
    ReportFiles.write(page, AtomicFiles.folder(folder), name);
    return true;
  }
}
