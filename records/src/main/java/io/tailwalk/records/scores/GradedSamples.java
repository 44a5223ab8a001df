package io.tailwalk.records.scores;

import java.util.List;

/**
 * The graded samples of a run.
 *
 * @param variant the set of tests, if a file has results of several: {@code base} or {@code plus};
 *     otherwise empty
 * @param samples in the order of the files
 * @param decided whether it is known which samples pass; false if rewards are graded and no
 *     threshold is given
 * @param own whether all are samples of this project, whose rewards are at least 0
 */
public record GradedSamples(
    String variant, List<GradedSample> samples, boolean decided, boolean own) {
  /** Keeps an immutable copy. */
  public GradedSamples {
    samples = List.copyOf(samples);
  }
}
