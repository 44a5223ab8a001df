package io.tailwalk.verifiers.answer;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the final answer of a text and compares answers. In this order: the last {@code
 * \boxed{...}}, the text after the last {@code ####} (GSM8K), the text after the last "answer is"
 * or "answer:", the last number if a number is expected, the complete text.
 */
final class FinalAnswer {
  private static final String BOXED = "\\boxed";
  private static final Pattern HASHES = Pattern.compile("####[ \\t]*([^\\r\\n]*)");
  private static final Pattern SAID =
      Pattern.compile(
          "\\banswer(?:\\s+is)?\\s*(?::|\\bis\\b)?\\s*:?[ \\t]*([^\\r\\n]+)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\w.])[+-]?\\$?(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?(?:\\s*/\\s*\\d+)?(?!\\w)(?:\\s*\\\\?%)?"
              + "|(?<![\\w.])[+-]?\\.\\d+(?!\\w)%?");

  private FinalAnswer() {}

  /** Whether a completion has the expected answer. */
  static boolean agrees(String completion, String expected) {
    String want = marked(expected).orElse(expected);
    Optional<Rational> number = Rational.parse(plain(want));
    if (number.isEmpty()) {
      return plain(found(completion)).equals(plain(want));
    }
    return numberIn(completion).filter(number.get()::sameAs).isPresent();
  }

  private static Optional<Rational> numberIn(String completion) {
    Optional<String> marked = marked(completion);
    if (marked.isPresent()) {
      return Rational.parse(plain(marked.get())).or(() -> number(marked.get(), false));
    }
    Optional<String> said = lastGroup(SAID, completion);
    if (said.isPresent()) {
      Optional<Rational> value =
          Rational.parse(plain(said.get())).or(() -> number(said.get(), false));
      if (value.isPresent()) {
        return value;
      }
    }
    return number(completion, true);
  }

  private static String found(String completion) {
    return marked(completion).or(() -> lastGroup(SAID, completion)).orElse(completion);
  }

  private static Optional<String> marked(String text) {
    return boxed(text).or(() -> lastGroup(HASHES, text));
  }

  /** The last or the first number of a text. */
  private static Optional<Rational> number(String text, boolean last) {
    Matcher match = NUMBER.matcher(text);
    Optional<Rational> found = Optional.empty();
    while (match.find() && (last || found.isEmpty())) {
      Optional<Rational> next = Rational.parse(plain(match.group()));
      found = next.isPresent() ? next : found;
    }
    return found;
  }

  private static Optional<String> lastGroup(Pattern pattern, String text) {
    Matcher match = pattern.matcher(text);
    Optional<String> found = Optional.empty();
    while (match.find()) {
      found = Optional.of(match.group(1));
    }
    return found;
  }

  /** The content of the last box, with balanced braces. */
  private static Optional<String> boxed(String text) {
    int at = text.lastIndexOf(BOXED);
    if (at < 0) {
      return Optional.empty();
    }
    int open = at + BOXED.length();
    if (open >= text.length() || text.charAt(open) != '{') {
      return Optional.empty();
    }
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return Optional.of(text.substring(open + 1, i));
      }
    }
    return Optional.empty();
  }

  /** Without parts that do not affect the answer: dollars, spacing, a full stop, a text wrapper. */
  private static String plain(String answer) {
    String text =
        answer
            .replace("\\$", "")
            .replace("$", "")
            .replace("\\left", "")
            .replace("\\right", "")
            .replaceAll("\\\\[!,;: ]", "")
            .replaceAll("\\\\(?:text|mathrm|textbf|mathbf)\\{([^{}]*)\\}", "$1")
            .replace("**", "")
            .replace("\u2212", "-")
            .strip()
            .replaceAll("[.\\s]+$", "");
    return Rational.parse(text).isPresent()
        ? text
        : text.toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
  }
}
