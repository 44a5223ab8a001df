package io.tailwalk.runs.work;

import io.tailwalk.core.Plural;
import java.util.Optional;

/**
 * The outcome of a study that keeps its results in a folder while it runs.
 *
 * @param state state of the study
 * @param kept number of results that are safely on disk, if the study is unfinished
 * @param study the study, whose files are written; present if this run finished it
 */
public record StudyOutcome(RunState state, int kept, Optional<Study> study) {
  /** The number of results on disk, in a few words. */
  public String progress() {
    return Plural.of(kept, "result") + " of prompts";
  }
}
