package io.tailwalk.report;

import io.tailwalk.records.SampleRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Completions with their verdicts, shown under their prompts.
 *
 * @param caption one sentence about the samples
 * @param samples samples in the order of display; samples of one prompt are adjacent
 */
public record SampleList(String caption, List<SampleRow> samples) implements Block {
  /** Copies the samples. */
  public SampleList {
    samples = List.copyOf(samples);
  }

  /** A prompt and its completions. */
  record Prompt(String id, String text, List<SampleRow> samples) {}

  /** The prompts in the order of their first samples. */
  List<Prompt> byPrompt() {
    Map<List<String>, Prompt> prompts = new LinkedHashMap<>();
    for (SampleRow sample : samples) {
      String text = sample.prompt().text();
      prompts
          .computeIfAbsent(
              List.of(sample.id(), text), _ -> new Prompt(sample.id(), text, new ArrayList<>()))
          .samples()
          .add(sample);
    }
    return List.copyOf(prompts.values());
  }

  /** The verdict of the verifier on a sample, in a word. */
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
