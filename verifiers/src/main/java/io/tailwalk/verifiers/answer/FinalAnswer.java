package io.tailwalk.verifiers.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the final answer of a text and compares it. The last statement of an answer counts: a
 * {@code \boxed{...}}, the text after {@code ####} (GSM8K), or what "the answer is" says. A text
 * without any is the answer if all of it can be read as one; otherwise its last quantity is.
 */
final class FinalAnswer {
  private static final int MAX_STATEMENT = 3_000;

  /** Most characters around a number that can change what it says. */
  private static final int MAX_CONTEXT = 200;

  /** Two words of prose. */
  private static final Pattern PROSE =
      Pattern.compile("(?<![\\\\{a-zA-Z])[a-zA-Z]{2,} [a-zA-Z]{2,}");

  private FinalAnswer() {}

  /** Whether a completion has the expected answer. */
  static boolean agrees(String completion, String expected) {
    Statement want = wanted(expected);
    List<Answer> wantReadings = want.readings();
    for (Statement found : found(Wording.plain(completion))) {
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
    String text = Wording.plain(completion);
    return found(text).stream()
        .filter(statement -> !statement.text().equals(text.strip()) || !statement.latex())
        .map(Statement::text)
        .filter(words -> !words.isBlank())
        .findFirst();
  }

  /** Whether a completion has a mark of an answer, even if it states none. */
  static boolean isMarked(String completion) {
    Marks marks = Marks.in(Wording.plain(completion));
    return marks.last().isPresent() || marks.unanswered() > 0;
  }

  /** The expected answer: what its marks say, or all of it. */
  static Statement wanted(String expected) {
    String text = Wording.plain(expected).strip();
    boolean latex = text.indexOf('$') < 0 && text.indexOf('\\') >= 0 && !text.contains("\\(");
    return Marks.in(text).last().map(Marks.Mark::statement).orElse(new Statement(text, latex));
  }

  /** The statement that counts; several only if the text has none with a mark. */
  private static List<Statement> found(String completion) {
    Marks marks = Marks.in(completion);
    if (marks.last().isPresent()) {
      return List.of(Corrections.applied(completion, marks.last().get()));
    }
    String text = completion.substring(marks.unanswered()).strip();
    Statement whole = new Statement(Wording.withoutEmphasis(text), false);
    if (text.length() <= MAX_STATEMENT && !whole.readings().isEmpty()) {
      return List.of(whole);
    }
    List<Statement> found = new ArrayList<>();
    lastQuantity(text).ifPresent(found::add);
    if (text.length() <= MAX_STATEMENT && text.indexOf('$') < 0 && !PROSE.matcher(text).find()) {
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
      if (Sentence.from(end, quantity.to()).question()) {
        continue;
      }
      if (written.length() > 3 || !written.matches("\\s*[a-zA-Z]\\w?\\s*")) {
        last = quantity;
        break;
      }
    }
    if (last == null) {
      return quantities.isEmpty() || Sentence.from(end, quantities.getLast().to()).question()
          ? Optional.empty()
          : Optional.of(quantities.getLast().statement());
    }
    int line = end.lastIndexOf('\n', last.from()) + 1;
    String before = end.substring(Math.max(line, last.from() - MAX_CONTEXT), last.from());
    String after = end.substring(last.to(), Math.min(end.length(), last.to() + MAX_CONTEXT));
    return Doubt.surrounds(before, after) || Sums.contradict(before, last.statement())
        ? Optional.empty()
        : Optional.of(last.statement());
  }
}
