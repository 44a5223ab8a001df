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

  /** A name before a box, and one between two boxes. */
  private static final Pattern NAMED = Pattern.compile("[a-zA-Z](?:_\\w)?\\s*=\\s*+$");

  private static final Pattern NEXT_NAMED =
      Pattern.compile("\\s*[,;]\\s*[a-zA-Z](?:_\\w)?\\s*=\\s*");

  /** An equation behind a box in the same formula. */
  private static final Pattern NEXT_EQUATION =
      Pattern.compile(
          "\\s*+,\\s*+([a-zA-Z](?:_\\w)?\\s*=[^=$\\n,]{1,60}?)\\.?\\s*+(?:\\$|\\\\[)\\]])");

  private static final Pattern PERCENT =
      Pattern.compile("^(?:\\$|\\\\\\)|\\\\\\])*\\s*(?:\\\\?%|(?i:percentage|percent|pct)\\b)");

  /** What joins a number or formula behind the last box to it. */
  private static final Pattern ALSO =
      Pattern.compile(
          "(?:\\$|\\\\[)\\]]|\\*\\*|[\\s}])*+(?:(?:,\\s*+|\\(\\s*+)?(and|or)\\s++(?:(?:also|maybe|perhaps|possibly|even)\\s++)?|,\\s*+)(?:\\*\\*)?");

  /** What is behind it if it belongs to the answer: the end, or a noun and the end. */
  private static final Pattern END = Pattern.compile("[)*]*+[.!]?(?:\\s*+$|\\s*+\n|\\s++[A-Z])");

  private static final Pattern NOUN =
      Pattern.compile(
          "\\s++(?!(?:is|are|was|were|has|have|too|would|will|does|also)\\b)[a-z]++(?: [a-z]++)?");

  /** Words at the beginning of a box. */
  private static final Pattern LEAD =
      Pattern.compile(
          "^\\s*+\\\\text\\s*+\\{\\s*+(?:[Tt]he )?(?:[Ff]inal )?[Aa]nswer is:?\\s*+\\}\\s*+(?=\\S)");

  private static final int MAX_JOINT = 60;

  /** Most boxes of one answer. */
  private static final int MAX_BOXES = 200;

  /** Most characters behind a box in which another part of the answer is searched. */
  private static final int MAX_ALSO = 300;

  /** The end of a box that is not closed. */
  private static final int OPEN = Integer.MAX_VALUE - 1;

  private Boxes() {}

  /** The last answer in boxes. */
  static List<Marks.Mark> last(String text) {
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
      contents.add(LEAD.matcher(inside).replaceFirst(""));
      from = Math.min(text.length(), close + 1);
    }
    if (contents.isEmpty()) {
      return List.of();
    }
    int first = contents.size() - 1;
    while (first > 0
        && contents.size() - first < MAX_BOXES
        && joined(text, starts.get(first - 1), ends.get(first - 1) + 1, starts.get(first))) {
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
        new Marks.Mark(
            starts.getLast(), end, new Statement(answer + alsoNamed(answer, text, end), true)));
  }

  private static boolean same(String one, String other) {
    return one.equals(other)
        || AnswerEquality.same(AnswerParser.parse(one, false), AnswerParser.parse(other, false));
  }

  /** A number or formula after "and", "or" or a comma behind the last box, which belongs to it. */
  private static String alsoNamed(String answer, String text, int end) {
    String rest = text.substring(end, Math.min(text.length(), end + MAX_ALSO));
    Matcher equation = NEXT_EQUATION.matcher(rest);
    if (equation.lookingAt()) {
      return " , " + equation.group(1);
    }
    Matcher also = ALSO.matcher(rest);
    if (!also.lookingAt()) {
      return "";
    }
    rest = rest.substring(also.end());
    List<Quantities.Span> spans = Quantities.in(rest);
    if (spans.isEmpty() || spans.getFirst().from() > 0) {
      return "";
    }
    String after = rest.substring(spans.getFirst().to());
    Matcher noun = NOUN.matcher(after);
    boolean belongs =
        "or".equals(also.group(1))
            || END.matcher(after).lookingAt()
            || (also.group(1) != null
                && noun.lookingAt()
                && END.matcher(after.substring(noun.end())).lookingAt());
    Statement other = spans.getFirst().statement();
    boolean same =
        other.readings().stream()
            .anyMatch(value -> AnswerEquality.same(AnswerParser.parse(answer, false), value));
    return !belongs || same ? "" : " , " + other.text();
  }

  /** A box that is not closed ends with its line or before the next box. */
  private static int endOfOpenBox(String text, int from) {
    int line = text.indexOf('\n', from);
    int box = text.indexOf("\\boxed", from);
    int end = line < 0 ? text.length() : line;
    return box < 0 ? end : Math.min(end, box);
  }

  private static boolean joined(String text, int start, int from, int to) {
    if (from > to || to - from > MAX_JOINT) {
      return false;
    }
    String between = text.substring(from, to);
    between = between.endsWith("\\") ? between.substring(0, between.length() - 1) : between;
    String plain = MARKS.matcher(between).replaceAll("");
    boolean named =
        NEXT_NAMED.matcher(plain).matches()
            && NAMED.matcher(text.substring(Math.max(0, start - 20), start)).find();
    return !between.contains("\n\n") && (named || JOINT.matcher(plain).matches());
  }
}
