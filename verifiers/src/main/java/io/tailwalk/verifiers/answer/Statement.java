package io.tailwalk.verifiers.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
          ",? +(?:and not|not|because|since|so|which|where|when|after|for|in|per|every|each|with|on|at|by|as|"
              + "that|instead|rather)\\b|,? +but\\b| +\\(|;|, (?=[a-z]|I\\b)| +[\\u2013\\u2014] +(?=[a-z]{2})");
  private static final Pattern VERB =
      Pattern.compile(
          "\\b(?:is|are|was|were|be|becomes?|equals?|equal to|costs?|has|have|had|needs?|gets?|got|"
              + "makes?|made|sold|sells?|earn(?:s|ed)?|spen[dt]s?|pays?|paid|saves?|saved|takes?|took|"
              + "uses?|used|ate|eats?|buys?|bought|gives?|gave|receives?|received|reads?|walks?|"
              + "walked|runs?|ran|weighs?|contains?)\\b *:?");
  private static final Pattern NEGATIVE =
      Pattern.compile(
          "(?:negative|minus|neg\\.?) (?=[\\d.$\u20ac\u00a3])", Pattern.CASE_INSENSITIVE);

  /** A root of a number in words. */
  private static final Pattern ROOT =
      Pattern.compile(
          "(?:the )?(?:(?:positive|principal) )?(square|cube) root of (\\d{1,9}(?:\\.\\d{1,9})?|[a-z -]{1,40})\\.?",
          Pattern.CASE_INSENSITIVE);

  /** The beginning of a sentence with a subject, a verb and something else before a number. */
  private static final Pattern SENTENCE = Pattern.compile("[A-Z][\\w'-]*+(?: [a-zA-Z'-]++){2}");

  private static final Pattern INSTEAD =
      Pattern.compile("not [^,;]{1,60}?,? but (?:rather )?", Pattern.CASE_INSENSITIVE);
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile(
          "(?<![\\d.,])(0|\\d+(?=,\\d{2}(?!\\d))|\\d{4,}(?=,)),(\\d++)(?![,\\d]|\\.\\d)");
  private static final Pattern CHOICE =
      Pattern.compile(
          "(?:(?i:option|choice) )?\\(?([A-Za-z])(?:\\)[.:]?|[.:])(?!\\s*(?:and|or|,|&|\\())(?:\\s.*)?"
              + "|(?i:option|choice) ([A-Za-z])");

  /** Numbers as in India, and with decimal commas as in Germany and Brazil. */
  private static final Pattern SEPARATED =
      Pattern.compile(
          "[-+$\u20ac]{0,2}(?:\\d{1,2}(?:,\\d{2}(?!\\d))++,\\d{3}|\\d{1,3}(?:\\.\\d{3})++,\\d{1,2})");

  private static final Pattern APPROXIMATELY = Pattern.compile("\\\\approx(?![a-zA-Z])|\u2248");

  /** The end of a listing that is not complete. */
  private static final Pattern OPEN = Pattern.compile("\\b(?:or|and)$");

  /** What links a clause to the answer before it. */
  private static final Pattern LINK =
      Pattern.compile(
          "^[\\s,;(]*+(?:(?:as|because|since|so|or|approx\\.|i\\.e\\.,?|that is,?|which is|=) )?");

  private static final Pattern REASON = Pattern.compile("[\\s,]*+(?:as|because|since)\\b");

  /** What can be a value in a clause. */
  private static final Pattern VALUE = Pattern.compile("[\\d\\\\$]");

  private static final Pattern WRAPPER =
      Pattern.compile("\\\\(?:text|textbf|textrm|mathrm|mathbf)\\s*\\{([^{}]*)\\}");
  private static final Pattern LABEL = Pattern.compile("A: +(?=\\S)");

  /** All readings of the answer as a whole. */
  List<Answer> readings() {
    Optional<String> based = NumberBase.digits(WRAPPER.matcher(text).replaceAll("$1"));
    if (based.isPresent()) {
      return List.of(AnswerParser.parse(based.get(), false));
    }
    List<Answer> readings = new ArrayList<>();
    readings.add(AnswerParser.parse(text, !latex));
    if (!latex && text.indexOf('\\') < 0) {
      Matcher comma = DECIMAL_COMMA.matcher(text);
      if (comma.find()) {
        readings.add(AnswerParser.parse(comma.replaceFirst("$1.$2"), true));
      }
    }
    String[] sides = APPROXIMATELY.split(text, 3);
    if (sides.length == 2) {
      Answer exact = AnswerParser.parse(sides[0], !latex);
      if (Sums.rounded(exact, AnswerParser.parse(sides[1], !latex), sides[1])) {
        readings.add(exact);
      }
    }
    if (!latex && LABEL.matcher(text).lookingAt()) {
      readings.add(AnswerParser.parse(text.substring(2), true));
    }
    if (!latex && SEPARATED.matcher(text).matches()) {
      String digits =
          text.indexOf('.') < 0 ? text.replace(",", "") : text.replace(".", "").replace(',', '.');
      readings.add(AnswerParser.parse(digits, true));
    }
    Matcher wrapper = WRAPPER.matcher(text.strip());
    String words = wrapper.matches() ? wrapper.group(1) : text;
    NumberWords.digits(Spelling.plain(text), words)
        .ifPresent(number -> readings.add(AnswerParser.parse(number, true)));
    readings.removeIf(Answer.Words.class::isInstance);
    if (readings.isEmpty() && !latex) {
      readings.addAll(inWords());
    }
    return readings;
  }

  /** The readings of a number with a sign or a root in words: "minus 3", "the square root of 2". */
  private List<Answer> inWords() {
    Matcher negative = NEGATIVE.matcher(text);
    if (negative.lookingAt()) {
      return new Statement("-" + text.substring(negative.end()), false).readings();
    }
    Matcher root = ROOT.matcher(text);
    if (!root.matches()) {
      return List.of();
    }
    String inside = root.group(2);
    String number =
        Character.isDigit(inside.charAt(0))
            ? inside
            : NumberWords.digits(inside, inside).filter(n -> n.matches("\\d+")).orElse("");
    boolean square = root.group(1).equalsIgnoreCase("square");
    return number.isEmpty()
        ? List.of()
        : List.of(AnswerParser.parse("\\sqrt" + (square ? "" : "[3]") + "{" + number + "}", false));
  }

  /**
   * The readings of the answer in a sentence: all of it, its first clause, or what follows its
   * verb. None if there are other words whose meaning is not known.
   */
  List<Answer> understood() {
    List<Answer> whole = readings();
    Optional<String> scaled = Scaled.inWords(text);
    if (scaled.isPresent()) {
      List<Answer> both = new ArrayList<>(whole);
      both.add(AnswerParser.parse(scaled.get(), true));
      return both;
    }
    if (!whole.isEmpty() || latex) {
      return whole;
    }
    Statement plain = new Statement(text.replace("**", ""), false);
    List<Answer> beginning = plain.beginning();
    if (!beginning.isEmpty()) {
      return beginning;
    }
    Matcher verb = VERB.matcher(plain.text);
    int from = 0;
    while (verb.find()) {
      from = verb.end();
    }
    if (Doubt.denies(plain.text.substring(0, from))) {
      return List.of();
    }
    List<Answer> tail = new Statement(plain.text.substring(from).strip(), false).beginning();
    return tail.isEmpty() ? plain.sentence() : tail;
  }

  /** The readings of the only quantity of a complete sentence, with its unit. */
  private List<Answer> sentence() {
    List<Quantities.Span> quantities = Quantities.in(text);
    if (quantities.size() != 1 || !SENTENCE.matcher(text).lookingAt()) {
      return List.of();
    }
    Quantities.Span only = quantities.getFirst();
    String before = text.substring(0, only.from());
    String after = text.substring(only.to());
    return Doubt.surrounds(before, after) || Doubt.changes(after)
        ? List.of()
        : new Statement(text.substring(only.from()), false).beginning();
  }

  /** The readings of all of the text, or of what is before a clause that does not change it. */
  private List<Answer> beginning() {
    Matcher negative = NEGATIVE.matcher(text);
    if (negative.lookingAt()) {
      return new Statement("-" + text.substring(negative.end()), false).beginning();
    }
    Matcher instead = INSTEAD.matcher(text);
    if (instead.lookingAt()) {
      return new Statement(text.substring(instead.end()), false).beginning();
    }
    List<Answer> whole = readings();
    Matcher end = CLAUSE.matcher(text);
    if (!whole.isEmpty() || !end.find() || end.start() == 0) {
      return whole;
    }
    String rest = text.substring(end.start());
    if (OPEN.matcher(text.substring(0, end.start())).find()) {
      return List.of();
    }
    List<Answer> first = new Statement(text.substring(0, end.start()), false).readings();
    if (first.isEmpty()
        || Doubt.changes(rest)
        || NumberBase.isBehind(rest)
        || Conclusion.differs(first.getFirst(), rest)) {
      return List.of();
    }
    String inside = LINK.matcher(rest).replaceFirst("").replaceFirst("\\).*$", "");
    List<Answer> other =
        VALUE.matcher(inside).find() || NumberWords.digits(inside, inside).isPresent()
            ? new Statement(inside, false).readings()
            : List.of();
    if (!other.isEmpty()
        && REASON.matcher(rest).lookingAt()
        && other.getFirst() instanceof Answer.Listing list
        && AnswerEquality.same(first.getFirst(), list.items().getLast())) {
      return first;
    }
    return other.isEmpty()
            || AnswerEquality.same(first.getFirst(), other.getFirst())
            || Sums.rounded(first.getFirst(), other.getFirst(), inside)
        ? first
        : List.of();
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
    if (Spelling.words(text).equals(words)) {
      return true;
    }
    boolean named = !latex && words.chars().noneMatch(Character::isDigit);
    if (named && text.indexOf(';') < 0 && Spelling.words(clause().text).equals(words)) {
      return true;
    }
    String bare =
        WRAPPER.matcher(Spelling.clean(text)).replaceAll("$1").replaceAll("\\\\[ ,;:]", " ");
    Matcher choice = CHOICE.matcher(bare.replace("**", ""));
    return words.length() == 1
        && Character.isUpperCase(words.charAt(0))
        && choice.matches()
        && words.equals(choice.group(1) == null ? choice.group(2) : choice.group(1));
  }
}
