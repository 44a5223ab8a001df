package io.tailwalk.report;

import io.tailwalk.records.SampleRow;
import java.util.List;

/**
 * Completions with their verdicts.
 *
 * @param caption what they are, a sentence
 * @param samples in the order to show them
 */
public record SampleList(String caption, List<SampleRow> samples) implements Block {
  /** Copies the samples. */
  public SampleList {
    samples = List.copyOf(samples);
  }

  /** What the verifier said of a sample, in a word. */
  enum Verdict {
    ACCEPTED("accepted"),
    REJECTED("rejected"),
    UNKNOWN("no verdict");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static Verdict of(SampleRow sample) {
      double reward = sample.score().reward();
      if (Double.isNaN(reward)) {
        return UNKNOWN;
      }
      return reward > 0 ? ACCEPTED : REJECTED;
    }
  }
}
