package io.tailwalk.runs.train;

import io.tailwalk.core.Plural;
import io.tailwalk.train.run.StepReport;
import java.util.ArrayList;
import java.util.List;

/** Whether the steps of a run had anything to learn from. */
final class LearningSignal {
  private long drawn;
  private long mixed;
  private long still;
  private long last;

  /** Adds a step, in order. */
  void add(StepReport report) {
    last = report.step();
    if (report.drawn().isPresent()) {
      drawn++;
      mixed += report.drawn().get().mixedGroups() > 0 ? 1 : 0;
    }
    still = report.gradientNorm() == 0 ? still + 1 : 0;
  }

  /** Sentences about what was missing; empty if nothing was. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (drawn > 0 && mixed == 0) {
      warnings.add(
          "in all of the "
              + Plural.of(drawn, "step")
              + " the responses to each prompt had equal rewards, so the verifier taught nothing;"
              + " choose prompts that the model sometimes solves, draw more responses for each, or"
              + " reward parts");
    } else if (drawn == 0 && still > 1) {
      warnings.add(
          "from step "
              + (last - still + 1)
              + " on every gradient is exactly 0, so the parameters no longer change; the learning"
              + " rate is probably too large");
    }
    return warnings;
  }
}
