package io.tailwalk.verifiers.answer;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A second value in the clauses behind an answer: "12 each, so 24 in total". */
final class Conclusion {
  private static final String VALUE = "(?=[$\\\\(]*[-+\u2212]?[$\u20ac\u00a3]?\\.?\\d)";

  /** Words before another value. */
  private static final Pattern BEFORE =
      Pattern.compile(
          "(?:\\b(?:so|thus|hence|therefore|i\\.e\\.|that is|in general|in all|(?<=at first, )then|for a total of|otherwise|else)\\b,?"
              + "|i\\.e\\.,?|,|;|\\()\\s*+(?:(?:it|that) is )?"
              + VALUE);

  /** A value for one case and a value for another: "for n = 1 and 13 for n = 2". */
  private static final Pattern CASES =
      Pattern.compile(
          "\\b(when|for|if|where|before|after)\\b[^,;.\\n]{1,60}?,?\\s(?:and|but)\\s"
              + VALUE
              + "[^,;.\\n]{1,40}?\\s\\1\\b");

  /** The other value is right too: "but 13 is also fine". */
  private static final Pattern ALSO =
      Pattern.compile("\\bbut " + VALUE + "[^,;.\\n]{1,40}? (?:is|are|would be)\\b");

  /** What says that a value is a total. */
  private static final Pattern TOTAL =
      Pattern.compile("\\s++(?:in (?:total|all)|altogether|total|overall|combined)[.)\\s]*+$");

  private Conclusion() {}

  /**
   * Whether the words behind an answer state another value.
   *
   * @param answer the value before them
   */
  static boolean differs(Answer answer, String rest) {
    if (CASES.matcher(rest).find() || ALSO.matcher(rest).find()) {
      return true;
    }
    Matcher before = BEFORE.matcher(rest);
    while (before.find()) {
      String tail = rest.substring(before.end());
      String words = TOTAL.matcher(tail).replaceFirst("");
      boolean listed = ",;(".contains(before.group().strip());
      if (listed && words.length() == tail.length()) {
        continue;
      }
      List<Answer> others = new Statement(words.replaceFirst("[.)]++$", ""), false).readings();
      if (!others.isEmpty()
          && !AnswerEquality.same(answer, others.getFirst())
          && !Sums.rounded(answer, others.getFirst(), words)) {
        return true;
      }
    }
    return false;
  }
}
