package io.tailwalk.console.flags;

import io.tailwalk.records.input.Input;
import io.tailwalk.runs.work.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The flag that names the columns of rows with prompts and responses. */
public final class RowColumns {
  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "FIELD=COLUMN",
      description =
          "Columns of the rows by field: prompt, completion, messages, id or prompt_id; several,"
              + " separated by commas. Default: these names, or the forms of other tools"
              + " (docs/formats.md).")
  private List<String> columns = new ArrayList<>();

  /** Whether a column is named. */
  public boolean isGiven() {
    return !columns.isEmpty();
  }

  /** The files with the columns of the flag. */
  public List<Input> of(List<Input> inputs) {
    Map<String, String> chosen = Pairs.of("--columns", "FIELD=COLUMN", columns);
    return inputs.stream().map(input -> input.withColumns(chosen)).toList();
  }
}
