package io.tailwalk.lab.letter;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;

/**
 * A language model as a judge of pairs. It reads an example, the two texts and an unfinished
 * sentence, and the answer is the ratio of the probabilities of the texts' names as the next token.
 *
 * @param model the judge; the caller closes it
 */
record ModelPreference(LanguageModel model) implements Preference {
  private static final String FIRST = " A";
  private static final String SECOND = " B";

  /** One example in each order, so that the examples favour no position. */
  private static final String EXAMPLES =
      pair("The old man walked slowly home along the river.", "The the man man river the of of.")
          + FIRST
          + ".\n\n"
          + pair("dog. a sat Suddenly purple it 7 it it", "A small dog sat down and waited for me.")
          + SECOND
          + ".\n\n";

  @Override
  public double logOdds(String request, String one, String other) {
    return (firstOverSecond(one, other) - firstOverSecond(other, one)) / 2;
  }

  private double firstOverSecond(String one, String other) {
    int[] prompt = model.encode(Prompt.text(EXAMPLES + pair(oneLine(one), oneLine(other))));
    try (ModelContext context = model.open(prompt, new ContextOptions(1, 1))) {
      LogProbs next = context.next(new int[][] {{}})[0];
      return next.logProb(token(FIRST)) - next.logProb(token(SECOND));
    }
  }

  private int token(String text) {
    return model.vocabulary().encode(text)[0];
  }

  private static String pair(String one, String other) {
    return "Text A: "
        + one
        + "\nText B: "
        + other
        + "\nThe text that makes sense and is better English is Text";
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
