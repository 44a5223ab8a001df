package io.tailwalk.cli.generate;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.PromptReader;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.sample.RowFields;
import io.tailwalk.verifiers.spec.PromptFields;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say what is to be continued; one of them is given. */
public final class PromptChoice {
  @Option(names = "--prompt", paramLabel = "TEXT", description = "One prompt, plain text.")
  private @Nullable String text;

  @Option(
      names = "--prompts",
      paramLabel = "FILE.jsonl",
      description =
          "Prompts, one JSON object a line: {\"prompt\"}, {\"messages\"} (laid out by the model's"
              + " chat template), each with an optional \"id\", or {\"task_id\", ...}.")
  private @Nullable Path file;

  /** The prompts, in order. */
  public List<PromptJob> jobs() {
    if (text != null) {
      return List.of(new PromptJob(0, "1", Prompt.text(text)));
    }
    return PromptJob.of(PromptReader.read(Objects.requireNonNull(file)));
  }

  /** What stands beside the prompts. */
  public PromptFields fields() {
    return file == null ? RowFields.NO_FILE : RowFields.of(file, PromptReader.read(file));
  }
}
