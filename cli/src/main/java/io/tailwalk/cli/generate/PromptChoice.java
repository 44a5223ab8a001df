package io.tailwalk.cli.generate;

import io.tailwalk.console.flags.FileNames;
import io.tailwalk.console.flags.Require;
import io.tailwalk.console.flags.RowColumns;
import io.tailwalk.runs.Request;
import io.tailwalk.runs.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags for the prompts; exactly one of them is given. */
public final class PromptChoice {
  @Option(names = "--prompt", paramLabel = "TEXT", description = "Single prompt as plain text.")
  private @Nullable String text;

  @Option(
      names = "--prompts",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Files of prompts, or patterns such as 'data/*.jsonl', or - for stdin: JSON lines, a JSON"
              + " array, CSV, TSV or Parquet, also .gz and .zst. A row has \"prompt\","
              + " \"messages\" or another form of docs/formats.md, optionally an \"id\", and any"
              + " further fields, which verifiers read as @field.")
  private List<String> files = new ArrayList<>();

  /** A request for completions of the prompts. */
  public Request of(Session session, RowColumns columns) {
    if (text == null) {
      return session.promptFiles(columns.of(FileNames.of("--prompts", files)));
    }
    Require.that(
        !columns.isGiven(), "--columns names columns of a file; it has no effect with --prompt");
    return session.prompt(text);
  }
}
