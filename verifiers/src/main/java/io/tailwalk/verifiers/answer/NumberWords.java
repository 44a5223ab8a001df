package io.tailwalk.verifiers.answer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whole numbers in words. */
final class NumberWords {
  private static final List<String> SMALL =
      List.of(
          "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
              .concat(" fifteen sixteen seventeen eighteen nineteen")
              .split(" ", -1));
  private static final List<String> TENS =
      List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
  private static final List<String> THOUSANDS = List.of("thousand", "million", "billion");
  private static final Pattern WORDS = Pattern.compile("[a-z]{2,20}(?:[ -][a-z]{1,20}){0,12}");

  private NumberWords() {}

  /**
   * An answer in digits if it is a number in words, with a unit or without.
   *
   * @param bare the answer without spaces and commands
   * @param text the answer as it is written
   */
  static Optional<String> digits(String bare, String text) {
    String written = text.indexOf('\\') < 0 ? text.replace("**", "").strip() : bare;
    String lower = written.toLowerCase(Locale.ROOT);
    if (written.length() > 120 || !WORDS.matcher(lower).matches()) {
      return Optional.empty();
    }
    List<String> words = List.of(lower.split("[ -]", -1));
    boolean unit = words.size() > 1 && !isNumber(words.getLast());
    long value = value(unit ? words.subList(0, words.size() - 1) : words);
    return value < 0 ? Optional.empty() : Optional.of(value + (unit ? " " + words.getLast() : ""));
  }

  private static boolean isNumber(String word) {
    return SMALL.contains(word)
        || TENS.contains(word)
        || THOUSANDS.contains(word)
        || word.equals("hundred");
  }

  /** The value of a number in words; negative if they are none. */
  private static long value(List<String> words) {
    long sum = 0;
    long last = Long.MAX_VALUE;
    int from = 0;
    for (int at = 0; at < words.size(); at++) {
      int power = THOUSANDS.indexOf(words.get(at)) + 1;
      if (power > 0) {
        long scale = Math.round(Math.pow(1000, power));
        long part = belowThousand(words.subList(from, at));
        if (part <= 0 || scale >= last) {
          return -1;
        }
        sum += part * scale;
        last = scale;
        from = at + 1;
      }
    }
    if (from == words.size()) {
      return sum;
    }
    List<String> rest = words.subList(from, words.size());
    boolean joined = from > 0 && rest.size() > 1 && rest.getFirst().equals("and");
    long part = belowThousand(joined ? rest.subList(1, rest.size()) : rest);
    return part < 0 || (from > 0 && part >= last) ? -1 : sum + part;
  }

  /** The value of such words as "one hundred and twenty five"; negative if they are none. */
  private static int belowThousand(List<String> words) {
    int at = words.indexOf("hundred");
    if (at < 0) {
      return belowHundred(words);
    }
    int hundreds = belowHundred(words.subList(0, at));
    List<String> rest = words.subList(at + 1, words.size());
    List<String> tens =
        rest.size() > 1 && rest.getFirst().equals("and") ? rest.subList(1, rest.size()) : rest;
    int part = tens.isEmpty() ? 0 : belowHundred(tens);
    return hundreds <= 0 || part < 0 ? -1 : 100 * hundreds + part;
  }

  private static int belowHundred(List<String> words) {
    if (words.isEmpty() || words.size() > 2) {
      return -1;
    }
    int ten = 20 + 10 * TENS.indexOf(words.getFirst());
    if (words.size() == 1) {
      return ten >= 20 ? ten : SMALL.indexOf(words.getFirst());
    }
    int one = SMALL.indexOf(words.getLast());
    return ten >= 20 && one > 0 && one < 10 ? ten + one : -1;
  }
}
