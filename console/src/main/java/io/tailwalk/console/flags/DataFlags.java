package io.tailwalk.console.flags;

import io.tailwalk.records.scores.ResponseOptions;
import io.tailwalk.runs.checkpoints.ResponseFiles;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Flags for given responses and how they are read. */
public final class DataFlags {
  private static final String REJECTED = "rejected";

  @Option(
      names = "--data",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Responses: files, patterns such as 'logs/*.jsonl', or - for stdin; JSON lines, a JSON"
              + " array, CSV, TSV or Parquet, also .gz and .zst. A row has {\"prompt\","
              + " \"completion\"}, {\"messages\"} ending with the assistant's message, token ids,"
              + " another form of docs/formats.md, or is from a sample log of"
              + " lm-evaluation-harness; \"id\" and \"prompt_id\" are optional.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--responses",
      paramLabel = "chosen|rejected",
      defaultValue = "chosen",
      description = "Response of a preference pair to read. Default: ${DEFAULT-VALUE}.")
  private String responses = "";

  @Option(
      names = "--keep-blanks",
      description =
          "Leave blanks at the end of a plain prompt in the prompt, as 'generate' does. Default:"
              + " they are scored as the beginning of the response, as lm-evaluation-harness does.")
  private boolean keepBlanks;

  /** Whether there is a file. */
  public boolean isGiven() {
    return !files.isEmpty();
  }

  /**
   * The files and how they are read; refuses values out of range.
   *
   * @param allChoices whether every choice of a multiple-choice document is a response
   */
  public ResponseFiles files(boolean allChoices) {
    Require.that(isGiven(), "--data is missing; give at least one file of responses");
    Require.that(
        responses.equals("chosen") || responses.equals(REJECTED),
        "--responses accepts chosen or rejected, got " + responses);
    return new ResponseFiles(
        FileNames.of("--data", files),
        ResponseOptions.DEFAULT
            .withAllChoices(allChoices)
            .withRejected(responses.equals(REJECTED))
            .withBlanksKept(keepBlanks));
  }
}
