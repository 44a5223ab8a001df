package io.tailwalk.verifiers.answer;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words around a marked answer that take it back or replace it. */
final class Corrections {
  private static final String START = "(?:^|[.!?}$*]\\s*+|\\n)";

  /** What does not follow a withdrawal: "it is wrong to think" is about something else. */
  private static final String ABOUT_ELSE = "(?! (?:to|that|for|if|when|of|in)\\b)";

  /** Words that begin a correction. */
  private static final String INTERJECTION =
      "(?:(?i:wait|no|hmm+|oh|ah|oops|sorry|actually|but|hold on)\\b[,.:!\u2026-]*+\\s++){0,3}+";

  /** A correction in a sentence with a verb. */
  private static final Pattern CORRECTION =
      Pattern.compile(
          START
              + "(?:Correction|Corrected|Edit|EDIT|Update|UPDATE|Updated|Revised|Fixed|Actually|Oops|Sorry|Wait|No|Hmm|My mistake|I made a mistake|I was wrong|"
              + "(?:That|This) was a mistake|On second thoughts?|Scratch that|Never ?mind)\\b"
              + "[^.\\n=$\\\\]{0,80}?(?:\\b(?:is|are|be)\\b\\s*+:?|'s\\b|:)\\s*+"
              + "(?:(?:it|this|that)(?: should be| must be| is|'s)\\s*+)?");

  /** A correction that is only another number. */
  private static final Pattern NUMBER =
      Pattern.compile(
          START
              + "(?:(?i:correction|corrected|update|edit|actually|oops|sorry|wait|no|hmm|my mistake|on second thoughts?|"
              + "scratch that|never ?mind|make that|rather)\\b[,:.!]?\\s++){1,4}(?=[$\\\\*(]*+[-+\u2212]?[$\u20ac\u00a3]?\\.?\\d)");

  /** A value that ends its line or sentence, with at most a noun. */
  private static final String ALONE =
      "(?=[$\\\\*(]*[-+\u2212]?(?:\\\\?[$\u20ac\u00a3])?\\.?\\d[\\d.,]*+[$*)%\\\\]*+(?: [a-z]{1,20})?(?: instead)?[.!$*)\\s]*+(?:\\n|$|\\s[A-Z]))";

  /** A sentence that says what the answer before it should be, or that concludes another one. */
  private static final Pattern OTHER =
      Pattern.compile(
          START
              + INTERJECTION
              + "(?:(?i:i meant(?: to (?:say|write|put))?|let me (?:redo|fix|correct|recompute|recalculate|rework) (?:it|this|that|the calculation)|re-?checking gives)[,:]?\\s++"
              + "|(?i:(?:(?:it|this|that|the (?:correct|right|real|actual|true|final) (?:answer|value|result|total|number|amount)) )?(?:should(?: actually| really)? (?:be|have been|read)|must be|would be))\\s++"
              + "|(?i:(?:(?:so|thus|therefore|hence|then|finally|in total),? )?(?:the )?(?:(?:final|real|actual|true|correct|right) (?:result|value|total|amount|number)|(?<=(?:so|thus|therefore|hence|then|finally),? (?:the )?)(?:total(?: [a-z]{1,12})?|result|sum)) is)\\s++"
              + "|(?i:final(?: result| value)?|result):\\s++"
              + "|(?i:so|thus|therefore|hence|in fact),? (?:(?:it|that) (?:is|equals) |we get (?=[^\\n.]{1,20} instead))?)"
              + ALONE);

  /** A sentence that only takes the answer before it back, or names another one. */
  private static final Pattern RETRACTION =
      Pattern.compile(
          START
              + INTERJECTION
              + "(?:(?i:scratch that|never ?mind|just kidding|my mistake|i made (?:a|an) (?:mistake|error)|"
              + "(?:that|this|it)(?:(?:['\u2019]s| was| is| must be)(?: (?:clearly|obviously|all|also))? "
              + "(?:a mistake|an error|wrong|incorrect|not (?:right|correct))"
              + "| (?:isn['\u2019]t|wasn['\u2019]t|can(?:no|['\u2019])t be) (?:right|correct))"
              + ABOUT_ELSE
              + "|"
              + "i was wrong|i disagree|"
              + "(?:however,? )?(?:the (?:answer|result|value)|it|this) (?:must|has to|should|needs to) [^.\\n]{1,80}?,? so (?:this|that|it)(?: answer)? (?:fails|(?:does not|doesn['\u2019]t) (?:work|fit)|(?:is|was) (?:wrong|impossible|not right|incorrect)|can(?:no|['\u2019])t be (?:right|correct))|"
              + "i (?:do not|don['\u2019]t) (?:agree|think so))\\b"
              + "|(?<=[.!?]\\s|\\n)Or (?:(?:maybe|perhaps|possibly|is it) )?[$\\\\*(]*+[-+\u2212]?\\.?\\d)");

  /** What names the right answer after a retraction. */
  private static final Pattern REPLACEMENT =
      Pattern.compile(
          START
              + "(?:(?:So|Then|Thus|Therefore),? )?(?:[Ii]t|[Tt]h(?:e (?:correct |right |real )?(?:total|result|value|sum|number)))"
              + "(?:['\u2019]s| is| should be| must be)\\s++");

  /** A check that ends with a result. */
  private static final Pattern CHECK =
      Pattern.compile(
          START
              + INTERJECTION
              + "(?i:let me (?:re-?check|check|double[- ]check|verify|re-?calculate|recompute|redo)|(?:re-?checking|checking))\\b"
              + "[^\\n$\\\\]{0,200}?\\bso (?:it|that)(?:['\u2019]s| is| should be| must be)\\s++");

  /** A clause behind an answer that names another one. */
  private static final Pattern BUT =
      Pattern.compile(
          "[\\s$*)}\\],]*+\\bbut (?:actually |really |in fact )?(?:it|that|the (?:correct |right |actual |true |real )?(?:value|result|total))"
              + "(?:['\u2019]s| is| should be| must be)\\s++");

  /** Words before a box in its sentence after which it states no answer. */
  private static final Pattern REFUSED =
      Pattern.compile(
          "(?:^|[,;:])\\s*(?:(?:so|but|then|and) )?(?:the|an?|one|this) (?:most |very )?(?:common |obvious )?"
              + "(?:wrong|incorrect|false|invalid|tempting|na[i\u00ef]ve|mistaken|erroneous) (?:answer|result|value|solution|choice|option|total)\\b"
              + "[^.,;:\\n]{0,20}\\b(?:is|was|(?:would|might|could) be|would have been)[\\s$(\\[\\\\*]*$"
              + "|\\b(?:mistake|misreading|(?:common|typical|usual|frequent|easy) error) (?:would |might |may |can )?(?:gives?|leads? to|yields?|produces?|results? in|is to (?:say|answer|write|get))\\b[^.,;:\\n]{0,20}$"
              + "|\\byour (?:final )?answer (?:like|as|in the form(?: of)?)\\b[^.,;\\n]{0,20}$",
          Pattern.CASE_INSENSITIVE);

  /** A condition behind a box that does not hold. */
  private static final Pattern UNREAL =
      Pattern.compile(
          "[\\s$*)}\\],]*+(?:only )?if\\b[^.\\n]{0,60}?\\b(?:were|was|had)\\b",
          Pattern.CASE_INSENSITIVE);

  /**
   * Another number alone behind an answer: in the next line, or in the same one with a unit or
   * without, such as {@code 18. 5}.
   */
  private static final Pattern NEXT_NUMBER =
      Pattern.compile(
          "(?s:.)[$*)}\\]\\\\\\s.]*+(?<=\\s\\$?)([-+\u2212]?[$\u20ac\u00a3]?\\d[\\d.,]*+)[$*]*+"
              + "(?: ?\\\\?%|(?<!\\n[$\\d.,]{1,20})(?: [a-z]{1,20}))?[$*.!\\s]*+");

  /** Words directly before a box that deny it. */
  private static final Pattern DENIED =
      Pattern.compile(
          "(?:\\bnot|n['\u2019]t|\\bnever|\\bcannot)(?: be| equal)?(?: to)?[\\s$(\\[\\\\*]*+$",
          Pattern.CASE_INSENSITIVE);

  /** Words behind an answer that take it back. */
  private static final Pattern WITHDRAWN =
      Pattern.compile(
          "(?:\\}[$.)]*+|\\b(?:this|that|it|which)(?: answer| result)?) (?:is|was) (?:wrong|incorrect|not (?:right|correct))\\b"
              + ABOUT_ELSE,
          Pattern.CASE_INSENSITIVE);

  /** Most characters around a mark that can say that it states no answer. */
  private static final int MAX_CONTEXT = 160;

  private static final Statement NONE = new Statement("", false);

  private Corrections() {}

  /** The statement of a mark, or of the last sentence behind it that corrects it. */
  static Statement applied(String text, Marks.Mark mark) {
    Statement statement = BoxContext.applied(text, mark);
    String before = text.substring(Math.max(0, mark.from() - 40), mark.from());
    if (DENIED.matcher(before).find()
        || isRefused(text, mark)
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
    Matcher but = BUT.matcher(text).region(Math.min(mark.to(), text.length()), text.length());
    if (but.lookingAt()) {
      Statement other = stated(text, but.end());
      statement = other.understood().isEmpty() ? statement : other;
    }
    List<Pattern> patterns =
        at < 0
            ? List.of(CORRECTION, NUMBER, CHECK, OTHER)
            : List.of(CORRECTION, NUMBER, CHECK, OTHER, REPLACEMENT);
    for (Pattern pattern : patterns) {
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

  private static Statement stated(String text, int from) {
    return new Statement(Wording.bare(Sentence.from(text, from).text()), false);
  }

  /** Whether what is directly around a mark says that it states no answer. */
  private static boolean isRefused(String text, Marks.Mark mark) {
    int to = Math.min(mark.to(), text.length());
    String rest = text.substring(to, Math.min(text.length(), to + MAX_CONTEXT));
    if (to + rest.length() == text.length()
        && isReplaced(mark.statement(), text.substring(to - 1))) {
      return true;
    }
    boolean box = text.startsWith("\\boxed", mark.from()) || text.startsWith("\\fbox", mark.from());
    return box
        && (Doubt.rejects(rest)
            || UNREAL.matcher(rest).lookingAt()
            || REFUSED.matcher(Sentence.before(text, mark.from(), MAX_CONTEXT)).find());
  }

  /**
   * Whether all that is behind an answer is another number.
   *
   * @param rest what follows the answer, after the character before it
   */
  private static boolean isReplaced(Statement answer, String rest) {
    Matcher next = NEXT_NUMBER.matcher(rest);
    if (!next.matches()) {
      return false;
    }
    List<Answer> others = new Statement(next.group(1), false).readings();
    List<Answer> values = answer.understood();
    return answer.text().chars().anyMatch(Character::isDigit)
        && !values.isEmpty()
        && values.stream()
            .noneMatch(
                value -> others.stream().anyMatch(other -> AnswerEquality.same(value, other)));
  }
}
