package io.tailwalk.cli.generate;

import io.tailwalk.console.flags.Resumed;
import io.tailwalk.runs.sample.GenerateOutput;
import io.tailwalk.runs.work.InputException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags for the output of completions. */
final class OutputOptions {
  @Option(
      names = "--out",
      paramLabel = "FILE.jsonl",
      description =
          "Output file with one row per completion; FILE.run.json next to it records how the file"
              + " was made, the cost and the success probability of each prompt. A device, a pipe or"
              + " - (stdout) gets the rows only, as they are drawn.")
  private @Nullable Path out;

  @Option(
      names = "--replay",
      paramLabel = "FILE.html",
      description =
          "HTML page that draws the tree of one prompt's walk and replays it step by step (its"
              + " first 2,000 steps), for samplers whose walks make tours.")
  private @Nullable Path replay;

  @Option(
      names = "--replay-prompt",
      paramLabel = "ID",
      description = "Id of the prompt whose walk --replay shows. Default: the first prompt.")
  private @Nullable String replayPrompt;

  @Option(names = "--json", description = "Print one JSON row per completion to stdout.")
  boolean json;

  @Option(names = "--resume", description = "Resume the interrupted run of --out.")
  boolean resume;

  @Option(names = "--overwrite", description = "Replace --out if it exists.")
  boolean overwrite;

  @Option(
      names = "--timing",
      description =
          "Include wall_ms in rows; without it, all runs with the same seed write the same bytes.")
  boolean timing;

  @Option(
      names = {"-q", "--quiet"},
      description = "Suppress progress and notes on stderr.")
  boolean quiet;

  /** The output of completions; refuses flags that cannot be combined. */
  GenerateOutput target() {
    if (out == null && (resume || overwrite)) {
      throw new InputException("--resume and --overwrite require --out; give --out FILE.jsonl");
    }
    if (out != null && json && out.toString().equals("-")) {
      throw new InputException("--out - and --json both write to stdout; give one of them");
    }
    if (replay != null && resume) {
      throw new InputException(
          "--replay records a walk while it runs, and --resume may skip this walk; give one of"
              + " them");
    }
    if (replay == null && replayPrompt != null) {
      throw new InputException("--replay-prompt requires --replay; give --replay FILE.html");
    }
    return new GenerateOutput(
        Optional.ofNullable(out),
        Resumed.of(resume, overwrite),
        timing,
        Optional.ofNullable(replay),
        Optional.ofNullable(replayPrompt));
  }
}
