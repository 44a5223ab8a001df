package io.tailwalk.cli.coverage;

import io.tailwalk.console.flags.Require;
import io.tailwalk.runs.checkpoints.PassOptions;
import io.tailwalk.runs.work.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags for what files of graded samples leave open. */
final class SampleFlags {
  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "FIELD=COLUMN[,...]",
      description =
          "Columns of a table, by field: task_id, prompt, passed, reward, log_prob. Default: these"
              + " names and their usual forms, such as question_id, correct or score.")
  private List<String> columns = new ArrayList<>();

  @Option(
      names = "--task-field",
      paramLabel = "COLUMN",
      description = "Column of the task, the same as --columns task_id=COLUMN.")
  private @Nullable String task;

  @Option(
      names = "--pass-field",
      paramLabel = "COLUMN",
      description =
          "Column that says whether a sample passes; also the metric of lm-evaluation-harness,"
              + " base_status or plus_status of EvalPlus, or the scorer of Inspect.")
  private @Nullable String pass;

  @Option(
      names = "--reward-field",
      paramLabel = "COLUMN",
      description = "Column of the reward, the same as --columns reward=COLUMN.")
  private @Nullable String reward;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description =
          "Smallest reward that passes. Graded rewards, neither 0 nor 1, give no pass@k without it.")
  private @Nullable Double threshold;

  @Option(
      names = "--filter",
      paramLabel = "NAME",
      description = "Filter of lm-evaluation-harness, needed if a file has results of several.")
  private @Nullable String filter;

  @Option(
      names = "--answer-field",
      paramLabel = "FIELD",
      description =
          "Field of the final answer, for majority votes. Default: the filtered responses of"
              + " lm-evaluation-harness and the answers of Inspect; of other files none.")
  private @Nullable String answer;

  /** The choices of the library. */
  PassOptions options() {
    PassOptions options = PassOptions.NONE;
    for (Map.Entry<String, String> choice :
        Pairs.of("--columns", "FIELD=COLUMN, as in task_id=question", columns).entrySet()) {
      options = options.column(choice.getKey(), choice.getValue());
    }
    options = with(options, PassOptions.TASK, "--task-field", task);
    options = with(options, PassOptions.PASSED, "--pass-field", pass);
    options = with(options, PassOptions.REWARD, "--reward-field", reward);
    options = threshold == null ? options : options.threshold(threshold);
    options = filter == null ? options : options.filter(filter);
    return answer == null ? options : options.answer(answer);
  }

  private static PassOptions with(
      PassOptions options, String field, String flag, @Nullable String column) {
    if (column == null) {
      return options;
    }
    Require.that(
        !options.columns().containsKey(field),
        flag + " and --columns " + field + "= name the same column; give one of them");
    return options.column(field, column);
  }
}
