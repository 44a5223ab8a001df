package io.tailwalk.verifiers.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The content of {@code \boxed{...}}; boxes that follow one another are one answer. */
final class Boxes {
  private static final Pattern BOX = Pattern.compile("\\\\(?:boxed|fbox)\\s*+\\{");
  private static final Pattern MARKS =
      Pattern.compile(
          "\\\\(?:quad|qquad|text|mbox|textbf|mathrm|left|right)(?![a-zA-Z])|\\\\[()\\[\\],;:! ]|[${}]");
  private static final Pattern JOINT =
      Pattern.compile(
          "[\\s,;&+]*+|[\\s,;]*+(?:[\\w()-]+ ){0,5}?(?:and|or)(?: [a-zA-Z]\\w{0,3})?(?:\\s*_?\\s*\\w{0,3}\\s*=)?\\s*+");
  private static final Pattern PERCENT =
      Pattern.compile("^(?:\\$|\\\\\\)|\\\\\\])*\\s*(?:\\\\?%|(?i:percentage|percent|pct)\\b)");
  private static final Pattern ALSO =
      Pattern.compile(
          "[\\s$,]*+(and|or)\\s++\\$?([-+]?\\d++(?:[.,/]\\d++)?+)\\$?[.!]?\\s*+(?:\n|$|[A-Z])");
  private static final int MAX_JOINT = 60;

  /** The end of a box that is not closed. */
  private static final int OPEN = Integer.MAX_VALUE - 1;

  private Boxes() {}

  /** The last answer in boxes and where it begins. */
  record Found(int at, Statement statement) {}

  static List<Found> last(String text) {
    List<Integer> starts = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    List<String> contents = new ArrayList<>();
    Matcher box = BOX.matcher(text);
    int from = 0;
    while (box.find(from)) {
      int close = Spelling.closingBrace(text, box.end() - 1);
      String inside;
      if (close < 0) {
        close = endOfOpenBox(text, box.end());
        inside = text.substring(box.end(), close);
        close--;
      } else {
        inside = text.substring(box.end(), close);
      }
      starts.add(box.start());
      ends.add(text.startsWith("}", close) ? close : OPEN);
      contents.add(inside);
      from = Math.min(text.length(), close + 1);
    }
    if (contents.isEmpty()) {
      return List.of();
    }
    int first = contents.size() - 1;
    while (first > 0 && joined(text, ends.get(first - 1) + 1, starts.get(first))) {
      first--;
    }
    List<String> group = new ArrayList<>();
    for (String content : contents.subList(first, contents.size())) {
      if (group.stream().noneMatch(other -> same(other, content))) {
        group.add(content);
      }
    }
    int end = ends.getLast() == OPEN ? text.length() : ends.getLast() + 1;
    Matcher percent = PERCENT.matcher(text.substring(end, Math.min(text.length(), end + 40)));
    String sign = percent.find() ? "\\%" : "";
    String answer = String.join(" , ", group) + sign;
    return List.of(
        new Found(starts.getLast(), new Statement(answer + alsoNamed(answer, text, end), true)));
  }

  private static boolean same(String one, String other) {
    return one.equals(other)
        || AnswerEquality.same(AnswerParser.parse(one, false), AnswerParser.parse(other, false));
  }

  /** A number after "and" or "or" behind the last box, which belongs to the answer. */
  private static String alsoNamed(String answer, String text, int end) {
    Matcher also = ALSO.matcher(text).region(end, text.length());
    if (!also.lookingAt()) {
      return "";
    }
    boolean same =
        also.group(1).equals("or")
            && AnswerEquality.same(
                AnswerParser.parse(answer, false), AnswerParser.parse(also.group(2), true));
    return same ? "" : " , " + also.group(2);
  }

  /** A box that is not closed ends with its line or before the next box. */
  private static int endOfOpenBox(String text, int from) {
    int line = text.indexOf('\n', from);
    int box = text.indexOf("\\boxed", from);
    int end = line < 0 ? text.length() : line;
    return box < 0 ? end : Math.min(end, box);
  }

  private static boolean joined(String text, int from, int to) {
    if (from > to || to - from > MAX_JOINT) {
      return false;
    }
    String between = text.substring(from, to);
    between = between.endsWith("\\") ? between.substring(0, between.length() - 1) : between;
    return !between.contains("\n\n")
        && JOINT.matcher(MARKS.matcher(between).replaceAll("")).matches();
  }
}
