package io.tailwalk.lab.letter;

import io.tailwalk.core.model.LanguageModel;
import java.util.List;

/**
 * A language model as a judge: how much more probable a text is after examples of well-written
 * sentences than after examples of broken ones. By Bayes' rule this is the log-odds that the text
 * is one of the former kind (a "channel model" in the words of Min et al. 2022, arXiv 2108.04106).
 * Small base models that cannot answer a question about two texts can do this. Each text is scored
 * by itself, so the order of a pair has no effect. The caller closes the model.
 */
final class ExampleJudge implements Preference, AutoCloseable {
  private static final List<String> WELL_WRITTEN =
      List.of(
          "The old man walked slowly home along the river.",
          "A small dog sat down and waited for me.",
          "We had dinner early because the children were tired.",
          "Suddenly the phone rang, and everyone in the room stopped talking.",
          "Three ships lay in the bay, waiting for the wind to turn.",
          "I have never seen so many birds on one roof.");

  /** Words in random order, repeated phrases, and words that have nothing to do with each other. */
  private static final List<String> BROKEN =
      List.of(
          "The the man man river the of of old the the of.",
          "dog. a sat Suddenly purple it 7 it it",
          "dinner children we tired the because early were had.",
          "phone rang phone rang phone rang phone rang phone rang",
          "ships wind the for lay the waiting turn in to bay,",
          "On one roof a many of seen never, roofs I bird his 12 to.");

  private final Judge wellWritten;
  private final Judge broken;

  /** Makes a judge; the caller closes the model after it. */
  ExampleJudge(LanguageModel model) {
    this.wellWritten =
        after(model, "Sentences from a good book, well written and sensible:", WELL_WRITTEN);
    this.broken = after(model, "Broken, garbled and repetitive text that makes no sense:", BROKEN);
  }

  private static Judge after(LanguageModel model, String heading, List<String> examples) {
    var prompt = new StringBuilder(heading).append('\n');
    examples.forEach(example -> prompt.append("- ").append(example).append('\n'));
    return new Judge(model, prompt.append('-').toString());
  }

  @Override
  public double logOdds(String request, String one, String other) {
    return score(one) - score(other);
  }

  private double score(String text) {
    String line = " " + text.strip().replaceAll("\\s+", " ") + "\n";
    double good = wellWritten.score(line).logProb();
    double bad = broken.score(line).logProb();
    // A text that the judge cannot write in either case says nothing.
    return good == bad ? 0 : good - bad;
  }

  @Override
  public void close() {
    wellWritten.close();
    broken.close();
  }
}
