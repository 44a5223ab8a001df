package io.tailwalk.runs.sample;

import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.OutputFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The output files of a run.
 *
 * @param file the samples file; empty to write no file
 * @param mode what to do if the file exists
 * @param timing whether rows contain the time of their prompt
 * @param replay the page that replays the walk of one prompt; empty to record no walk
 * @param replayPrompt id of the prompt to replay; empty for the first
 */
public record GenerateOutput(
    Optional<Path> file,
    IfExists mode,
    boolean timing,
    Optional<Path> replay,
    Optional<String> replayPrompt) {
  /** Writes no file. */
  public static final GenerateOutput NONE =
      new GenerateOutput(
          Optional.empty(), IfExists.REFUSE, false, Optional.empty(), Optional.empty());

  /** Returns this with a page (HTML) that replays the walk of the first prompt. */
  public GenerateOutput withReplay(Path page) {
    return new GenerateOutput(file, mode, timing, Optional.of(page), replayPrompt);
  }

  /** Returns this with a samples file. */
  public GenerateOutput withFile(Path samples, IfExists how) {
    return new GenerateOutput(Optional.of(samples), how, timing, replay, replayPrompt);
  }

  /** The path of a samples file's run record: {@code a.run.json} for {@code a.jsonl}. */
  public static Path record(Path file) {
    return ResultFile.record(file);
  }

  /**
   * Refuses a file that exists, unless the mode says what to do with it.
   *
   * @throws io.tailwalk.runs.work.InputException if the file exists
   */
  public void check() {
    file.ifPresent(path -> OutputFile.check(path, mode));
  }
}
