package io.tailwalk.cli.generate;

import io.tailwalk.runs.Request;
import io.tailwalk.runs.Session;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags for the prompts; exactly one of them is given. */
public final class PromptChoice {
  @Option(names = "--prompt", paramLabel = "TEXT", description = "Single prompt as plain text.")
  private @Nullable String text;

  @Option(
      names = "--prompts",
      paramLabel = "FILE.jsonl",
      description =
          "Prompts, one JSON object per line: {\"prompt\"} or {\"messages\"} (formatted with the"
              + " model's chat template), each with an optional \"id\", or {\"task_id\", ...}.")
  private @Nullable Path file;

  /** A request for completions of the prompts. */
  public Request of(Session session) {
    return text == null ? session.prompts(Objects.requireNonNull(file)) : session.prompt(text);
  }
}
