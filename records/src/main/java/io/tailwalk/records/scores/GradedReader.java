package io.tailwalk.records.scores;

import io.tailwalk.records.JsonRow;
import io.tailwalk.records.input.Field;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Kind;
import io.tailwalk.records.input.Rows;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads graded samples in the forms in which tools write them: samples of this project (correct if
 * the reward is at least 1), any table with a task and whether a sample passes or a reward, results
 * of human-eval and EvalPlus, samples of lm-evaluation-harness, logs of Inspect, rollouts of verl,
 * OpenRLHF and TRL. All samples of a prompt are kept: estimates need every one.
 */
public final class GradedReader {
  private GradedReader() {}

  /**
   * Reads one file without choices.
   *
   * @throws io.tailwalk.records.TableException that names file, row and fix if a row is invalid, or
   *     if the file holds results of several sets of tests
   */
  public static List<GradedSample> read(Path file) {
    Input input = Input.of(file);
    List<GradedSamples> read = read(List.of(input), GradedOptions.NONE);
    if (read.size() > 1) {
      throw input.error("it has results of several sets of tests", "choose one");
    }
    return read.getFirst().samples();
  }

  /**
   * Reads the files of one run.
   *
   * @return one entry; two for EvalPlus results of base and plus tests
   * @throws io.tailwalk.records.TableException that names file, row and fix if a row is invalid, or
   *     a choice is needed or has no use
   */
  public static List<GradedSamples> read(List<Input> inputs, GradedOptions options) {
    GradeCollector samples = new GradeCollector(options, inputs.size() > 1);
    for (Input input : inputs) {
      read(input, options, samples);
    }
    return samples.finish(inputs.getLast());
  }

  private static void read(Input input, GradedOptions options, GradeCollector samples) {
    JsonRow first = Rows.first(input, 1).getFirst();
    Kind kind = Kind.of(first);
    boolean harness =
        kind == Kind.HARNESS_CHOICES
            || kind == Kind.HARNESS_GENERATIONS
            || kind == Kind.HARNESS_ROLLING;
    if (options.filter().isPresent() && !harness) {
      throw input.error(
          "it has no filters (it is taken for: %s)".formatted(kind.words()),
          "leave out --filter for it");
    }
    switch (kind) {
      case HARNESS_CHOICES, HARNESS_GENERATIONS -> {
        HarnessGrades grades = new HarnessGrades(input, kind, options, samples);
        rows(input, kind, grades);
        grades.finish();
      }
      case HARNESS_ROLLING ->
          throw input.error(
              "log-likelihoods of whole documents are no graded samples",
              "give them to 'tailwalk select'");
      case EVALPLUS -> rows(input, kind, new EvalPlusGrades(options, samples));
      case INSPECT_LOG -> rows(input, kind, new InspectGrades(options, samples));
      case BIGCODE_GENERATIONS ->
          throw input.error(
              "generations without results",
              "evaluate them, and give whether each one passes as task_id and passed per line");
      case METRICS ->
          throw input.error(
              "metrics over all tasks, without the results of single samples",
              "give whether each sample passes, as task_id and passed per line");
      default -> {
        if (kind == Kind.SCORES || kind == Kind.WIDE_SCORES) {
          refuseScores(input, first, options);
        }
        rows(input, null, TableGrades.of(input, kind, first, options, samples));
      }
    }
  }

  private static void refuseScores(Input input, JsonRow first, GradedOptions options) {
    boolean named =
        options.chosen(Field.PASS).isPresent() || options.chosen(Field.REWARD).isPresent();
    boolean graded =
        options.columns().find(input, first.object().propertyNames(), Field.PASS).isPresent();
    if (!named && !graded) {
      throw input.error(
          "log-probabilities of responses, which are no graded samples",
          "give them to 'tailwalk select', or name the grade with --reward-field or --pass-field");
    }
  }

  /** Passes every row; a row of another kind than the first is refused. */
  private static void rows(Input input, @Nullable Kind kind, Consumer<JsonRow> grades) {
    Rows.forEach(
        input,
        row -> {
          if (kind != null && Kind.of(row) != kind) {
            throw row.error(
                "the rows before it are %s, this one is not".formatted(kind.words()),
                "give files of different kinds separately");
          }
          grades.accept(row);
        });
  }
}
