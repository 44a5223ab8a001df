package io.tailwalk.verifiers.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A written answer in its place.
 *
 * @param text the answer
 * @param latex whether it is LaTeX; otherwise only its parts between dollar signs are
 */
record Statement(String text, boolean latex) {
  private static final Pattern CLAUSE =
      Pattern.compile(
          ",? +(?:not|because|since|so|which|where|when|if|after|for|in|per|every|each|with|on|at|by|as|"
              + "that|instead|rather)\\b|,? +but\\b| +\\(|;|, (?=[a-z])");
  private static final Pattern VERB =
      Pattern.compile(
          "\\b(?:is|are|was|be|equals?|equal to|costs?|has|have|needs?|gets?|makes?)\\b *:?");
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile(
          "(?<![\\d.,])(0|\\d+(?=,\\d{2}(?!\\d))|\\d{4,}(?=,)),(\\d++)(?![,\\d]|\\.\\d)");
  private static final Pattern CHOICE =
      Pattern.compile("\\(?([A-Za-z])(?:\\)[.:]?|[.:])(?!\\s*(?:and|or|,|&|\\())(?:\\s.*)?");

  private static final Pattern HEDGE =
      Pattern.compile(
          "^not\\b|\\b(?:between|either|at least|at most|(?:less|more|fewer|greater|larger|smaller) than|"
              + "up to|out of|plus|minus|times|or (?:more|less|fewer|greater))\\b",
          Pattern.CASE_INSENSITIVE);

  /** All readings of the answer as a whole. */
  List<Answer> readings() {
    List<Answer> readings = new ArrayList<>();
    readings.add(AnswerParser.parse(text, !latex));
    if (!latex && text.indexOf('\\') < 0) {
      Matcher comma = DECIMAL_COMMA.matcher(text);
      if (comma.find()) {
        readings.add(AnswerParser.parse(comma.replaceFirst("$1.$2"), true));
      }
    }
    readings.removeIf(Answer.Words.class::isInstance);
    return readings;
  }

  /**
   * The readings of the answer in a sentence: all of it, what follows its verb, its first clause,
   * or its only quantity.
   */
  List<Answer> understood() {
    List<Answer> whole = readings();
    if (!whole.isEmpty() || latex) {
      return whole;
    }
    List<Answer> beginning = clause().readings();
    if (!beginning.isEmpty() && !HEDGE.matcher(text).find()) {
      return beginning;
    }
    Matcher verb = VERB.matcher(text);
    int from = 0;
    while (verb.find()) {
      from = verb.end();
    }
    Statement tail = new Statement(text.substring(from).strip(), false);
    List<Answer> last = tail.readings();
    if (!last.isEmpty()) {
      return last;
    }
    if (HEDGE.matcher(tail.text).find()) {
      return List.of();
    }
    Statement clause = tail.clause();
    List<Answer> first = clause.readings();
    if (!first.isEmpty()) {
      return first;
    }
    List<Statement> quantities = Quantities.in(clause.text);
    if (quantities.isEmpty()) {
      quantities = Quantities.in(text);
    }
    List<Answer> only = quantities.isEmpty() ? List.of() : quantities.getFirst().readings();
    for (Statement quantity : quantities) {
      List<Answer> other = quantity.readings();
      if (other.isEmpty()
          || only.isEmpty()
          || !AnswerEquality.same(only.getFirst(), other.getFirst())) {
        return List.of();
      }
    }
    return only;
  }

  /** The text up to the words that qualify the answer. */
  private Statement clause() {
    Matcher end = CLAUSE.matcher(text);
    return end.find() && end.start() > 0
        ? new Statement(text.substring(0, end.start()), latex)
        : this;
  }

  /** Whether the words are the same as those of another answer. */
  boolean sameWords(Statement wanted) {
    String words = Spelling.words(wanted.text);
    if (words.isEmpty()) {
      return false;
    }
    if (Spelling.words(text).equals(words) || Spelling.words(clause().text).equals(words)) {
      return true;
    }
    Matcher choice = CHOICE.matcher(Spelling.clean(text));
    return words.length() == 1
        && Character.isUpperCase(words.charAt(0))
        && choice.matches()
        && choice.group(1).equals(words);
  }
}
