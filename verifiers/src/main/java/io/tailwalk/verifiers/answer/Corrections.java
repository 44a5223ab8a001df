package io.tailwalk.verifiers.answer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words around a marked answer that take it back or replace it. */
final class Corrections {
  private static final String START = "(?:^|[.!?}$*]\\s*+|\\n)";

  /** A correction in a sentence with a verb. */
  private static final Pattern CORRECTION =
      Pattern.compile(
          START
              + "(?:Correction|Edit|EDIT|Actually|Oops|Sorry|Wait|No|Hmm|My mistake|I made a mistake|I was wrong|"
              + "(?:That|This) was a mistake|On second thoughts?|Scratch that|Never ?mind)\\b"
              + "[^.\\n=$\\\\]{0,80}?(?:\\b(?:is|are|be)\\b\\s*+:?|'s\\b|:)\\s*+"
              + "(?:(?:it|this|that)(?: should be| must be| is|'s)\\s*+)?");

  /** A correction that is only another number. */
  private static final Pattern NUMBER =
      Pattern.compile(
          START
              + "(?:(?i:correction|edit|actually|oops|sorry|wait|no|hmm|my mistake|on second thoughts?|"
              + "scratch that|never ?mind|make that|rather)\\b[,:.!]?\\s++){1,4}(?=[$\\\\*(]*+[-+\u2212]?[$\u20ac\u00a3]?\\.?\\d)");

  /** A sentence that only takes the answer before it back, or names another one. */
  private static final Pattern RETRACTION =
      Pattern.compile(
          START
              + "(?:(?i:scratch that|never ?mind|just kidding|my mistake|i made (?:a|an) (?:mistake|error)|"
              + "(?:that|this) (?:was|is) (?:a mistake|an error)|i was wrong)\\b"
              + "|(?<=[.!?]\\s|\\n)Or (?:(?:maybe|perhaps|possibly|is it) )?[$\\\\*(]*+[-+\u2212]?\\.?\\d)");

  /** Words directly before a box that deny it. */
  private static final Pattern DENIED =
      Pattern.compile(
          "(?:\\bnot|n['\u2019]t|\\bnever|\\bcannot)(?: be| equal)?(?: to)?[\\s$(\\[\\\\*]*+$");

  /** Words behind an answer that take it back. */
  private static final Pattern WITHDRAWN =
      Pattern.compile(
          "(?:\\}[$.)]*+|\\b(?:this|that|it|which)(?: answer| result)?) (?:is|was) (?:wrong|incorrect|not (?:right|correct))\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Statement NONE = new Statement("", false);

  private Corrections() {}

  /** The statement of a mark, or of the last sentence behind it that corrects it. */
  static Statement applied(String text, Marks.Mark mark) {
    Statement statement = BoxContext.applied(text, mark);
    String before = text.substring(Math.max(0, mark.from() - 40), mark.from());
    if (DENIED.matcher(before).find()
        || WITHDRAWN.matcher(text).region(mark.from(), text.length()).find()) {
      statement = NONE;
    }
    int behind = Math.max(mark.from() + 1, mark.to() - 1);
    int at = -1;
    Matcher retraction = RETRACTION.matcher(text);
    for (int from = behind; from <= text.length() && retraction.find(from); from = at) {
      at = retraction.end();
      statement = NONE;
    }
    for (Pattern pattern : new Pattern[] {CORRECTION, NUMBER}) {
      Matcher correction = pattern.matcher(text);
      int from = behind;
      while (from <= text.length() && correction.find(from)) {
        from = correction.end();
        Sentence other = Sentence.from(text, from);
        Statement corrected = new Statement(Wording.bare(other.text()), false);
        if (from > at && !other.question() && !corrected.understood().isEmpty()) {
          statement = corrected;
          at = from;
        }
      }
    }
    return statement;
  }
}
