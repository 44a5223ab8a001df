package io.tailwalk.cli.generate;

import io.tailwalk.console.flags.Resumed;
import io.tailwalk.runs.sample.GenerateOutput;
import io.tailwalk.runs.work.InputException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say where completions go. */
final class OutputOptions {
  @Option(
      names = "--out",
      paramLabel = "FILE.jsonl",
      description =
          "Write one row a completion, and FILE.run.json beside it with how it was made, the cost"
              + " and the success probability of each prompt.")
  private @Nullable Path out;

  @Option(
      names = "--replay",
      paramLabel = "FILE.html",
      description =
          "Write a page that draws the tree of one prompt's walk and replays it step by step"
              + " (its first 2,000 steps), for samplers whose walks make tours.")
  private @Nullable Path replay;

  @Option(
      names = "--replay-prompt",
      paramLabel = "ID",
      description = "The prompt whose walk --replay shows, by its id. Default: the first.")
  private @Nullable String replayPrompt;

  @Option(names = "--json", description = "Print one JSON row a completion on stdout.")
  boolean json;

  @Option(names = "--resume", description = "Go on with an interrupted run of --out.")
  boolean resume;

  @Option(names = "--overwrite", description = "Replace --out if it exists.")
  boolean overwrite;

  @Option(
      names = "--timing",
      description =
          "Keep wall_ms in rows; without it rows are the same bytes at every run with the same seed.")
  boolean timing;

  @Option(
      names = {"-q", "--quiet"},
      description = "Neither progress nor notes on stderr.")
  boolean quiet;

  /** Where completions go; refuses flags that do not go together. */
  GenerateOutput target() {
    if (out == null && (resume || overwrite)) {
      throw new InputException("--resume and --overwrite are about --out; give --out FILE.jsonl");
    }
    if (replay != null && resume) {
      throw new InputException(
          "--replay shows a walk as it is made, which --resume may not make again; give one of them");
    }
    if (replay == null && replayPrompt != null) {
      throw new InputException("--replay-prompt is about --replay; give --replay FILE.html");
    }
    return new GenerateOutput(
        Optional.ofNullable(out),
        Resumed.of(resume, overwrite),
        timing,
        Optional.ofNullable(replay),
        Optional.ofNullable(replayPrompt));
  }
}
