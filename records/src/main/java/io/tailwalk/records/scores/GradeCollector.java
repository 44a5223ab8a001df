package io.tailwalk.records.scores;

import io.tailwalk.records.JsonRow;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Input;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers the graded samples of a run from its files, by set of tests. */
final class GradeCollector {
  private final GradedOptions options;
  private final boolean several;
  private final Map<String, List<GradedSample>> variants = new LinkedHashMap<>();
  private boolean undecided;
  private boolean rewarded;
  private boolean foreign;
  private @Nullable String step;

  /**
   * Without samples so far.
   *
   * @param several whether the run has several files
   */
  GradeCollector(GradedOptions options, boolean several) {
    this.options = options;
    this.several = several;
  }

  /** Whether the run has several files. */
  boolean several() {
    return several;
  }

  /** Adds a sample that is known to pass or not. */
  void passed(String variant, String task, boolean passed, Optional<String> answer) {
    add(variant, new GradedSample(task, passed, Double.NaN, passed ? 1 : 0, true, answer));
  }

  /** Adds a sample as it is. */
  void add(String variant, GradedSample sample) {
    variants.computeIfAbsent(variant, _ -> new ArrayList<>()).add(sample);
  }

  /**
   * Adds a sample of a reward, which decides whether it passes: by the threshold, or if it is 1
   * where all are 0 or 1.
   */
  void rewarded(String task, double reward, double score, boolean plain, Optional<String> answer) {
    rewarded = true;
    boolean passes = options.threshold().map(least -> reward >= least).orElse(reward == 1);
    undecided |= options.threshold().isEmpty() && reward != 0 && reward != 1;
    add("", new GradedSample(task, passes, score, reward, plain, answer));
  }

  /** Notes that samples are of another project. */
  void foreign() {
    foreign = true;
  }

  /** Refuses samples of different training steps, which are draws of different models. */
  void step(JsonRow row) {
    if (!row.has("step")) {
      return;
    }
    String here = row.object().get("step").asString();
    if (step != null && !step.equals(here)) {
      throw row.error(
          "it is of step %s, the rows before it are of step %s, so they are draws of different models"
              .formatted(TableException.quoted(here), TableException.quoted(step)),
          "give the steps as separate runs, NAME=FILE each");
    }
    step = here;
  }

  List<GradedSamples> finish(Input last) {
    if (options.threshold().isPresent() && !rewarded) {
      throw last.error(
          "it has no rewards that a threshold could decide",
          "leave out --threshold, or name the rewards with --reward-field");
    }
    if (variants.size() > 1 && variants.containsKey("")) {
      throw last.error(
          "the files of the run have different sets of tests", "give them as separate runs");
    }
    if (variants.isEmpty()) {
      throw last.error("it holds no samples", "give at least one");
    }
    List<GradedSamples> runs = new ArrayList<>();
    variants.forEach(
        (variant, samples) -> runs.add(new GradedSamples(variant, samples, !undecided, !foreign)));
    return runs;
  }
}
