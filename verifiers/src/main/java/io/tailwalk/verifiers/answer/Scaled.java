package io.tailwalk.verifiers.answer;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with a short sign for thousands, millions or billions: {@code 1.5k}, {@code $2M}. */
final class Scaled {
  static final Map<String, String> SIGNS =
      Map.of(
          "k",
          "thousand",
          "K",
          "thousand",
          "M",
          "million",
          "mn",
          "million",
          "mln",
          "million",
          "B",
          "billion",
          "bn",
          "billion");

  /** A small m, which means millions behind a currency. */
  private static final String MONEY =
      "(?<=[$\u20ac\u00a3\u20b9] {0,2}[\\d.,]{1,20}\\s?(?:\\\\text\\{ ?)?)m";

  private static final Pattern NUMBER =
      Pattern.compile(
          "(?:\\$(?=[^$]*\\$$))?([-+\u2212]?(?:\\\\?[$\u20ac\u00a3\u20b9])?\\s*+\\d[\\d,]*+(?:\\.\\d++)?)"
              + "(?:[\\s~]|\\\\[,;: ])*+(?:\\\\(?:text|textrm|mathrm)\\{\\s*+)?("
              + String.join("|", SIGNS.keySet())
              + "|"
              + MONEY
              + ")(?![a-zA-Z])\\}?\\$?\\.?"
              + "((?:[\\s~]++[a-z]{2,20}){0,3})\\.?");

  private Scaled() {}

  /** The same number with a word for its scale; empty if the text is not such a number. */
  static Optional<String> inWords(String text) {
    Matcher number = NUMBER.matcher(text.replace("**", "").strip());
    return number.matches()
        ? Optional.of(
            number.group(1)
                + " "
                + SIGNS.getOrDefault(number.group(2), "million")
                + number.group(3))
        : Optional.empty();
  }
}
