package io.tailwalk.cli.coverage;

import io.tailwalk.runs.checkpoints.Scores;
import io.tailwalk.runs.work.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The flag that names the columns of a score table. */
final class ColumnsFlag {
  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "FIELD=COLUMN",
      description =
          "Columns of the table by field: example_id, prompt_id, model, log_prob, log_probs, tokens"
              + " or reference_log_prob; several, separated by commas. Default: these names, or"
              + " names that other tools give them (docs/formats.md).")
  private List<String> columns = new ArrayList<>();

  /** The columns by field. */
  Map<String, String> byField() {
    return Pairs.of("--columns", "FIELD=COLUMN", columns);
  }

  /** The tables with the columns of the flag. */
  Scores of(Scores scores) {
    return scores.columns(byField());
  }
}
