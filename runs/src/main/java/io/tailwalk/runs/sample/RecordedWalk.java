package io.tailwalk.runs.sample;

import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import java.util.Optional;

/**
 * The walk of one prompt, recorded for display step by step.
 *
 * @param job the prompt
 * @param recorder recorder of the walk
 */
public record RecordedWalk(PromptJob job, WalkRecorder recorder) {
  /** Returns an empty recording. */
  public static RecordedWalk of(PromptJob job, Vocabulary vocabulary) {
    return new RecordedWalk(job, new WalkRecorder(vocabulary));
  }

  /** The recorded walk as a section of a report; empty if there was no step. */
  public Optional<Section> section(String title) {
    if (recorder.isEmpty()) {
      return Optional.empty();
    }
    var how =
        Prose.of(
            "The walk descends to a child in proportion to its probability times its value, and"
                + " backtracks if the value promised more than the children have. Values are those"
                + " in use, scaled by depth if the sampler calibrates them. Of the walks that run"
                + " at the same time this is the first; the tree shows the prefixes it visited.");
    return Optional.of(Section.of(title, how, recorder.replay()));
  }
}
