package io.tailwalk.verifiers.answer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whole numbers up to 99 in words. */
final class NumberWords {
  private static final List<String> SMALL =
      List.of(
          "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
              .concat(" fifteen sixteen seventeen eighteen nineteen")
              .split(" ", -1));
  private static final List<String> TENS =
      List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
  private static final Pattern WORDS =
      Pattern.compile("([a-z]{3,9})(?:-([a-z]{3,5}))?( [a-z]{2,20})?");

  private NumberWords() {}

  /**
   * An answer in digits if it is a number in words, with a unit or without.
   *
   * @param bare the answer without spaces and commands
   * @param text the answer as it is written
   */
  static Optional<String> digits(String bare, String text) {
    String written = text.indexOf('\\') < 0 ? text.replace("**", "").strip() : bare;
    Matcher words = WORDS.matcher(written.toLowerCase(Locale.ROOT));
    if (written.length() > 40 || !words.matches()) {
      return Optional.empty();
    }
    int value = value(words.group(1), words.group(2));
    String unit = words.group(3) == null ? "" : words.group(3);
    return value < 0 ? Optional.empty() : Optional.of(value + unit);
  }

  /** The value of one or two words; negative if they are no number. */
  private static int value(String first, @Nullable String second) {
    int ten = 20 + 10 * TENS.indexOf(first);
    if (second == null) {
      return ten >= 20 ? ten : SMALL.indexOf(first);
    }
    int one = SMALL.indexOf(second);
    return ten >= 20 && one > 0 && one < 10 ? ten + one : -1;
  }
}
