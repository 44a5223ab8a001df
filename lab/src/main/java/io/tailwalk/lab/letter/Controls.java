package io.tailwalk.lab.letter;

import io.tailwalk.core.random.Streams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Whether a judge can judge: sentences by Jane Austen against the same with their words in random
 * order, and against a phrase of the same sentence repeated to its length.
 *
 * @param pairs sentences in each comparison
 * @param overShuffled how many are preferred to their shuffled words
 * @param overRepeated how many are preferred to a repeated phrase
 */
record Controls(int pairs, int overShuffled, int overRepeated) {
  /** One-sided level of each test that the judge does better than a coin. */
  private static final double LEVEL = 0.025;

  private static final int PHRASE = 3;

  /** Sentences of Pride and Prejudice (1813), of about the length of a completion. */
  static final List<String> SENTENCES =
      List.of(
          "Only think what an establishment it would be for one of them.",
          "She was a woman of mean understanding, little information, and uncertain temper.",
          "One cannot know what a man really is by the end of a fortnight.",
          "Mary wished to say something sensible, but knew not how.",
          "I was sure you loved your girls too well to neglect such an acquaintance.",
          "His sisters were fine women, with an air of decided fashion.",
          "I hate to see you standing about by yourself in this stupid manner.",
          "You know how I detest it, unless I am particularly acquainted with my partner.",
          "At such an assembly as this it would be insupportable.",
          "The evening altogether passed off pleasantly to the whole family.",
          "Jane was as much gratified by this as her mother could be, though in a quieter way.",
          "So he inquired who she was, and got introduced, and asked her for the two next.",
          "I never in my life saw anything more elegant than their dresses.",
          "Well, he certainly is very agreeable, and I give you leave to like him.",
          "All the world are good and agreeable in your eyes.",
          "But they are very pleasing women when you converse with them.",
          "Between him and Darcy there was a very steady friendship, in spite of "
              + "great opposition of character.",
          "Vanity and pride are different things, though the words are often "
              + "used synonymously.",
          "The ladies of Longbourn soon waited on those of Netherfield.",
          "Every day added something to their knowledge of the officers' names "
              + "and connections.");

  static Controls of(Preference judge, long seed) {
    var random = Streams.of(seed, 17);
    return new Controls(
        SENTENCES.size(),
        wins(judge, text -> shuffled(text, random)),
        wins(judge, Controls::repeated));
  }

  private static int wins(Preference judge, UnaryOperator<String> spoil) {
    int wins = 0;
    for (String sentence : SENTENCES) {
      if (judge.logOdds("", sentence, spoil.apply(sentence)) > 0) {
        wins++;
      }
    }
    return wins;
  }

  static String shuffled(String text, RandomGenerator random) {
    List<String> words = new ArrayList<>(List.of(text.split(" ", -1)));
    Collections.shuffle(words, random);
    return String.join(" ", words);
  }

  static String repeated(String text) {
    List<String> words = List.of(text.split(" ", -1));
    List<String> again = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      again.add(words.get(i % PHRASE));
    }
    return String.join(" ", again);
  }

  /** Whether both comparisons are won significantly more often than by a coin. */
  boolean passed() {
    return better(overShuffled) && better(overRepeated);
  }

  private boolean better(int wins) {
    return BinomialDistribution.of(pairs, 0.5).survivalProbability(wins - 1) <= LEVEL;
  }

  String text() {
    return "the judge prefers "
        + overShuffled
        + " of "
        + pairs
        + " sentences to their shuffled words and "
        + overRepeated
        + " to a repeated phrase";
  }
}
