package io.tailwalk.verifiers.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers in words: whole ones, fractions ("two thirds", "three and a half"), and their signs. */
final class NumberWords {
  private static final List<String> SMALL =
      List.of(
          "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
              .concat(" fifteen sixteen seventeen eighteen nineteen")
              .split(" ", -1));
  private static final List<String> TENS =
      List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
  private static final List<String> THOUSANDS = List.of("thousand", "million", "billion");
  private static final Pattern WORDS =
      Pattern.compile("(?:[a-z]{1,20}|\\d{1,9})(?:[ -][a-z]{1,20}){0,12}");
  private static final Pattern SIGN = Pattern.compile("(?:minus|negative|neg\\.?) +(?=\\w)");

  private static final List<String> ONE = List.of("a", "an", "one");

  private NumberWords() {}

  /**
   * An answer in digits if it has a number in words, with a unit or without.
   *
   * @param bare the answer without spaces and commands
   * @param text the answer as it is written
   */
  static Optional<String> digits(String bare, String text) {
    String written = text.indexOf('\\') < 0 ? text.replace("**", "").strip() : bare;
    String lower = written.toLowerCase(Locale.ROOT);
    Matcher sign = SIGN.matcher(lower);
    if (sign.lookingAt()) {
      String rest = lower.substring(sign.end());
      return sign.find(sign.end())
          ? Optional.empty()
          : digits(rest, rest).map(number -> "-" + number);
    }
    if (written.length() > 120 || !WORDS.matcher(lower).matches()) {
      return Optional.empty();
    }
    List<String> words = withOne(List.of(lower.split("[ -]", -1)));
    Optional<String> fraction = fraction(words);
    if (fraction.isPresent()) {
      return fraction;
    }
    if (words.size() > 2 && !Lexicon.unit(words.getLast()).isEmpty()) {
      Optional<String> amount = fraction(words.subList(0, words.size() - 1));
      if (amount.isPresent()) {
        return amount.map(number -> number + " " + words.getLast());
      }
    }
    if (words.size() > 2 && words.get(words.size() - 2).equals("dozen")) {
      long dozens = count(words.subList(0, words.size() - 2));
      return dozens < 0 ? Optional.empty() : Optional.of(dozens + " dozen " + words.getLast());
    }
    boolean unit = words.size() > 1 && !isNumber(words.getLast());
    long value = value(unit ? words.subList(0, words.size() - 1) : words);
    return value < 0 ? Optional.empty() : Optional.of(value + (unit ? " " + words.getLast() : ""));
  }

  /** "A thousand" is one thousand. */
  private static List<String> withOne(List<String> words) {
    if (words.size() < 2
        || !words.getFirst().equals("a")
        || !(isNumber(words.get(1)) || words.get(1).equals("dozen"))
        || Parts.single(words.get(1)) > 0
        || SMALL.contains(words.get(1))
        || TENS.contains(words.get(1))) {
      return words;
    }
    List<String> counted = new ArrayList<>(words);
    counted.set(0, "one");
    return counted;
  }

  /**
   * A fraction in digits: "seven halves", "three and a half", "half". A single part needs "one" or
   * "a" in front, because "twenty third" is a place in an order.
   */
  private static Optional<String> fraction(List<String> words) {
    int and = words.indexOf("and");
    long whole = and > 0 ? count(words.subList(0, and)) : 0;
    List<String> part = and > 0 ? words.subList(and + 1, words.size()) : words;
    if (whole < 0 || part.isEmpty()) {
      return Optional.empty();
    }
    String name = part.getLast();
    int single = Parts.single(name);
    List<String> number = part.subList(0, part.size() - 1);
    long over;
    if (single > 0) {
      boolean half = single == 2 && number.isEmpty() && and < 0;
      over = half || (number.size() == 1 && ONE.contains(number.getFirst())) ? 1 : -1;
    } else {
      single = Parts.plural(name);
      over = single > 0 ? count(number) : -1;
    }
    return over < 0 || (and > 0 && over >= single)
        ? Optional.empty()
        : Optional.of((and > 0 ? whole + " " : "") + over + "/" + single);
  }

  /** A whole number in words or digits; negative if it is none. */
  private static long count(List<String> words) {
    return words.size() == 1 && words.getFirst().matches("\\d{1,9}")
        ? Long.parseLong(words.getFirst())
        : words.isEmpty() ? -1 : value(words);
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
