package io.tailwalk.runs.sample;

import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.OutputFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where completions go, and what is kept beside them.
 *
 * @param file the samples file; empty to write none
 * @param mode what to do if it exists
 * @param timing whether rows keep the time their prompt took
 * @param replay the page that replays the walk to one prompt; empty to record none
 * @param replayPrompt id of that prompt; empty for the first
 */
public record GenerateOutput(
    Optional<Path> file,
    IfExists mode,
    boolean timing,
    Optional<Path> replay,
    Optional<String> replayPrompt) {
  /** No file. */
  public static final GenerateOutput NONE =
      new GenerateOutput(
          Optional.empty(), IfExists.REFUSE, false, Optional.empty(), Optional.empty());

  /** The record of a run into a samples file: {@code a.jsonl} has {@code a.run.json}. */
  public static Path record(Path file) {
    return ResultFile.record(file);
  }

  /**
   * Refuses a file that exists, unless the mode says what to do with it.
   *
   * @throws io.tailwalk.runs.work.InputException if it exists
   */
  public void check() {
    file.ifPresent(path -> OutputFile.check(path, mode));
  }
}
