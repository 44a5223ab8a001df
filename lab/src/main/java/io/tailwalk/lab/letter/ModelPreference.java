package io.tailwalk.lab.letter;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import java.util.Arrays;

/**
 * A language model as a judge of pairs. It reads an example, the two texts and an unfinished
 * sentence, and the answer is the ratio of the probabilities of the texts' names.
 *
 * @param model the judge; the caller closes it
 */
record ModelPreference(LanguageModel model) implements Preference {
  /** Tokens of a name, in a vocabulary of single bytes. */
  private static final int LONGEST_NAME = 2;

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
    try (ModelContext context = model.open(prompt, new ContextOptions(LONGEST_NAME, 1))) {
      return logProb(context, FIRST) - logProb(context, SECOND);
    }
  }

  private double logProb(ModelContext context, String name) {
    return Arrays.stream(context.score(model.vocabulary().encode(name))).sum();
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
