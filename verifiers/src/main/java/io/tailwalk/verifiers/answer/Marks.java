package io.tailwalk.verifiers.answer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The marks of an answer in a text: {@code \boxed{...}}, {@code ####}, {@code <answer>}, "the
 * answer is".
 *
 * @param last the last one, if there is any
 * @param unanswered where the last sentence ends that only asks or supposes what the answer is
 */
record Marks(Optional<Mark> last, int unanswered) {
  private static final Pattern HASHES = Pattern.compile("####\\s*+([^\\r\\n]*+)");
  private static final Pattern TAG =
      Pattern.compile(
          "<answer>(.{0,3000}?)(?:</answer>|\\z)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern SAID =
      Pattern.compile(
          "\\b(?:answers?|ans|(?:correct|right) (?:option|choice))\\b(?:[^.:\\n=$\\\\]{0,60}?\\b(?:is|are)\\b\\s*+:?|\\s*+(?:\\*\\*|:|=|\\bis\\b|\\n){1,12}+|(?<=(?:^|\\n)[*# ]{0,4}(?:(?:final|correct) )?answer) [-\u2013\u2014] )\\s*+"
              + "(?:\\*\\*)?\\s*+",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NO_ANSWER =
      Pattern.compile(
          "(?:correct|right|clear|wrong|incorrect|as|in|given|found|obtained|that|the following|"
              + "what|valid|unique|reasonable|consistent)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Words before "the answer is" after which it is not stated. */
  private static final Pattern SUPPOSED =
      Pattern.compile(
          "\\b(?:suppose|supposing|assume|assuming|if|imagine|unless|whether|pretend)\\b[^.,;:\\n]*+$"
              + "|\\b(?:wrong|incorrect|false|invalid|tempting|na[i\u00ef]ve)\\s++$",
          Pattern.CASE_INSENSITIVE);

  /** Words before "the answer is" that make the number another one: "twice the answer is 18". */
  private static final Pattern OPERAND_BEFORE =
      Pattern.compile(
          "(?:\\b(?:twice|half|double|triple|thrice|quadruple|minus|plus|(?:\\d+|two|three|four|five|ten) times"
              + "|(?:squares?|cubes?|negatives?|opposite|reciprocal|inverse|half|halves|thirds?|quarters?|roots?"
              + "|multiples?|double|triple|negation|complement|log|logarithm|factorial|digits?|percent|%"
              + "|fraction|remainder|reverse|absolute value|sum|product|difference|twice) of)"
              + "|\\d\\s*[-+*/\u00d7\u00b7\u2212])"
              + "\\s+(?:(?:the|our|my|this|your)\\s+)?(?:(?:final|correct|right|numerical)\\s+)?$",
          Pattern.CASE_INSENSITIVE);

  /** Words between "answer" and "is" that do the same: "the answer plus 2 is 18". */
  private static final Pattern OPERAND_INSIDE =
      Pattern.compile(
          "\\banswers?\\b(?:\\s*+(?:(?:plus|minus|times|(?:divided|multiplied|increased|decreased|reduced) by"
              + "|squared|cubed|doubled|tripled|halved|negated|reversed)\\b|[-+*/^\u00d7\u00b7\u2212] ?\\d)|[\\s,(]*+"
              + Doubt.OTHER_UNIT
              + ")",
          Pattern.CASE_INSENSITIVE);

  private static final int MAX_BEFORE = 80;

  /** Most places with "the answer is" that are looked at, from the end. */
  private static final int MAX_SAID = 500;

  /**
   * A statement of an answer.
   *
   * @param from where its mark begins
   * @param to where it ends
   */
  record Mark(int from, int to, Statement statement) {}

  /** The marks of a text. */
  static Marks in(String text) {
    List<Mark> marks = new ArrayList<>(Boxes.last(text));
    lastGroup(HASHES, text).ifPresent(marks::add);
    lastGroup(TAG, text).ifPresent(marks::add);
    int unanswered = 0;
    for (MatchResult said : said(text).reversed()) {
      if (marks.stream().anyMatch(mark -> mark.from() < said.start() && said.end() < mark.to())) {
        continue;
      }
      Sentence sentence = Sentence.from(text, said.end());
      String before = Sentence.before(text, said.start(), MAX_BEFORE);
      String words = Wording.bare(sentence.text()) + NumberBase.ofSubject(before, said.group());
      if (sentence.question()
          || SUPPOSED.matcher(before).find()
          || OPERAND_BEFORE.matcher(before).find()
          || OPERAND_INSIDE.matcher(said.group()).find()) {
        unanswered = Math.max(unanswered, sentence.end());
      } else if (!words.isBlank() && !NO_ANSWER.matcher(words).matches()) {
        marks.add(new Mark(said.start(), sentence.end(), new Statement(words, false)));
        break;
      }
    }
    return new Marks(marks.stream().max(Comparator.comparingInt(Mark::from)), unanswered);
  }

  /** The last places with "the answer is". */
  private static List<MatchResult> said(String text) {
    Deque<MatchResult> said = new ArrayDeque<>();
    Matcher match = SAID.matcher(text);
    while (match.find()) {
      said.add(match.toMatchResult());
      if (said.size() > MAX_SAID) {
        said.remove();
      }
    }
    return List.copyOf(said);
  }

  private static Optional<Mark> lastGroup(Pattern pattern, String text) {
    Matcher match = pattern.matcher(text);
    Optional<Mark> found = Optional.empty();
    while (match.find()) {
      String words = Wording.bare(match.group(1));
      found = Optional.of(new Mark(match.start(), match.end(), new Statement(words, false)));
    }
    return found;
  }
}
