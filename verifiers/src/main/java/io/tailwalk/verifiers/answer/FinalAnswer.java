package io.tailwalk.verifiers.answer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the final answer of a text and compares it. The last statement of an answer counts: a
 * {@code \boxed{...}}, the text after {@code ####} (GSM8K), or what "the answer is" says. A text
 * without any is the answer if all of it can be read as one; otherwise its last quantity is.
 */
final class FinalAnswer {
  private static final Pattern HASHES = Pattern.compile("####\\s*+([^\\r\\n]*+)");
  private static final Pattern SAID =
      Pattern.compile(
          "\\b(?:answers?|(?:correct|right) (?:option|choice))\\b(?:[^.:\\n=$\\\\]{0,60}?\\b(?:is|are)\\b\\s*+:?|\\s*+(?:\\*\\*|:|=|\\bis\\b|\\n){1,12}+)\\s*+"
              + "(?:\\*\\*)?\\s*+",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NO_ANSWER =
      Pattern.compile(
          "(?:correct|right|clear|wrong|incorrect|as|in|given|found|obtained|that|the following|"
              + "what|indeed|therefore|thus|valid|unique|reasonable|consistent)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern SENTENCE_END =
      Pattern.compile("[.!?](?:\\*\\*)?(?=\\s|$|\")|\\n|<\\||</s>");

  /** The beginning of a sentence that takes an answer back. */
  private static final Pattern CORRECTION =
      Pattern.compile(
          "(?:^|[.!?}$*]\\s*+|\\n)(?:Correction|Actually|Oops|Sorry|Wait|No|Hmm)\\b"
              + "[^.\\n=$\\\\]{0,80}?(?:\\b(?:is|are|be)\\b\\s*+:?|'s\\b|:)\\s*+(?:(?:it|this|that)(?: should be| must be| is|'s)\\s*+)?");

  /** Words directly before a box that deny it. */
  private static final Pattern DENIED =
      Pattern.compile(
          "(?:\\bnot|n['\u2019]t|\\bnever|\\bcannot)(?: be| equal)?(?: to)?[\\s$(\\[\\\\*]*+$");

  /** Words behind an answer that take it back. */
  private static final Pattern WITHDRAWN =
      Pattern.compile(
          "(?:\\}[$.)]*+|\\b(?:this|that|it|which)(?: answer| result)?) (?:is|was) (?:wrong|incorrect|not (?:right|correct))\\b",
          Pattern.CASE_INSENSITIVE);

  private static final int MAX_STATEMENT = 3_000;

  /** Most characters around a number that can change what it says. */
  private static final int MAX_CONTEXT = 200;

  private FinalAnswer() {}

  /** Whether a completion has the expected answer. */
  static boolean agrees(String completion, String expected) {
    Statement want = wanted(expected);
    List<Answer> wantReadings = want.readings();
    for (Statement found : found(completion)) {
      if (found.sameWords(want)) {
        return true;
      }
      List<Answer> readings = found.understood();
      for (Answer reading : readings) {
        if (wantReadings.stream().anyMatch(answer -> AnswerEquality.same(answer, reading))) {
          return true;
        }
      }
    }
    return false;
  }

  /** The answer of a completion in its own words, if it has one. */
  static Optional<String> stated(String completion) {
    return found(completion).stream()
        .filter(statement -> !statement.text().equals(completion.strip()) || !statement.latex())
        .map(Statement::text)
        .filter(text -> !text.isBlank())
        .findFirst();
  }

  /** The expected answer: what its marks say, or all of it. */
  static Statement wanted(String expected) {
    String text = expected.strip();
    boolean latex = text.indexOf('$') < 0 && text.indexOf('\\') >= 0 && !text.contains("\\(");
    return marked(text).orElse(new Statement(text, latex));
  }

  /** The last statement with a mark. */
  private static Optional<Statement> marked(String text) {
    List<Boxes.Found> marks = new ArrayList<>(Boxes.last(text));
    lastGroup(HASHES, text).ifPresent(marks::add);
    said(text).ifPresent(marks::add);
    Optional<Boxes.Found> last = marks.stream().max(Comparator.comparingInt(Boxes.Found::at));
    return last.map(mark -> corrected(text, mark));
  }

  /** The statement of a mark, or of the last sentence behind it that corrects it. */
  private static Statement corrected(String text, Boxes.Found mark) {
    Statement statement = mark.statement();
    String before = text.substring(Math.max(0, mark.at() - 40), mark.at());
    if (DENIED.matcher(before).find()
        || WITHDRAWN.matcher(text).region(mark.at(), text.length()).find()) {
      statement = new Statement("", false);
    }
    Matcher correction = CORRECTION.matcher(text);
    int from = mark.at() + 1;
    while (from <= text.length() && correction.find(from)) {
      from = correction.end();
      String other = sentence(text, from);
      if (!NO_ANSWER.matcher(other).matches()
          && !new Statement(other, false).understood().isEmpty()) {
        statement = new Statement(other, false);
      }
    }
    return statement;
  }

  /** The statement that counts; several only if the text has none with a mark. */
  private static List<Statement> found(String completion) {
    Optional<Statement> marked = marked(completion);
    if (marked.isPresent()) {
      return List.of(marked.get());
    }
    String text = completion.strip();
    Statement whole = new Statement(text, false);
    if (text.length() <= MAX_STATEMENT && !whole.readings().isEmpty()) {
      return List.of(whole);
    }
    List<Statement> found = new ArrayList<>();
    lastQuantity(text).ifPresent(found::add);
    if (text.length() <= MAX_STATEMENT) {
      found.add(new Statement(text, true));
    }
    return found;
  }

  /** The last quantity that is more than a name; the last one if all are names. */
  private static Optional<Statement> lastQuantity(String text) {
    int start = text.length() - MAX_STATEMENT;
    start = start > 0 ? Math.max(start, text.indexOf('\n', start)) : 0;
    String end = text.substring(start);
    List<Quantities.Span> quantities = Quantities.in(end);
    Quantities.Span last = null;
    for (Quantities.Span quantity : quantities.reversed()) {
      String written = quantity.statement().text();
      if (written.length() > 3 || !written.matches("\\s*[a-zA-Z]\\w?\\s*")) {
        last = quantity;
        break;
      }
    }
    if (last == null) {
      return quantities.isEmpty()
          ? Optional.empty()
          : Optional.of(quantities.getLast().statement());
    }
    int line = end.lastIndexOf('\n', last.from()) + 1;
    String before = end.substring(Math.max(line, last.from() - MAX_CONTEXT), last.from());
    String after = end.substring(last.to(), Math.min(end.length(), last.to() + MAX_CONTEXT));
    return Doubt.surrounds(before, after) ? Optional.empty() : Optional.of(last.statement());
  }

  private static Optional<Boxes.Found> lastGroup(Pattern pattern, String text) {
    Matcher match = pattern.matcher(text);
    Optional<Boxes.Found> found = Optional.empty();
    while (match.find()) {
      found = Optional.of(new Boxes.Found(match.start(), new Statement(match.group(1), false)));
    }
    return found;
  }

  /** What the last "the answer is" says. */
  private static Optional<Boxes.Found> said(String text) {
    Matcher match = SAID.matcher(text);
    Optional<Boxes.Found> found = Optional.empty();
    int from = 0;
    while (from <= text.length() && match.find(from)) {
      String statement = sentence(text, match.end());
      if (!statement.isBlank() && !NO_ANSWER.matcher(statement).matches()) {
        found = Optional.of(new Boxes.Found(match.start(), new Statement(statement, false)));
      }
      from = match.end();
    }
    return found;
  }

  /** The sentence from a position; a displayed formula belongs to it. */
  private static String sentence(String text, int from) {
    String rest = text.substring(from, Math.min(text.length(), from + MAX_STATEMENT));
    for (String[] display : new String[][] {{"\\[", "\\]"}, {"$$", "$$"}}) {
      if (rest.startsWith(display[0])) {
        int close = rest.indexOf(display[1], 2);
        return close < 0 ? rest : rest.substring(0, close + 2);
      }
    }
    Matcher end = SENTENCE_END.matcher(rest);
    return end.find() ? rest.substring(0, end.start()) : rest;
  }
}
