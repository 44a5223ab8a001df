package io.tailwalk.verifiers.answer;

import java.util.regex.Pattern;

/** Words and signs around a number that make it another answer, or no answer. */
final class Doubt {
  /** Words that say that there is no value. */
  static final String NO_VALUE =
      "(?:undefined|unknown|undetermined|indeterminate|undecidable|unsolvable|unspecified"
          + "|non-?existent|infinite|n/a|meaningless)";

  /** What ends such a statement: "18 unknown variables" says something else. */
  static final String NO_NOUN = "(?!\\w| [a-z])";

  /** What counts in other units or turns the sign. */
  static final String OTHER_UNIT =
      "(?:(?:in|as) (?:the |an? )?(?:"
          + "(?:units of )?(?:tens?|dozens?|hundreds|thousands|millions|billions|trillions|lakhs?|crores?)\\b"
          + "(?! of (?!dollars|euros|pounds|units|people))"
          + "|units? of \\d"
          + "|(?:absolute value|magnitude|modulus|reverse|negative|opposite|inverse|reciprocal"
          + "|log(?:arithm)?s?)(?=\\s*(?:$|[.,;)]|sign\\b))"
          + "|log(?:arithmic)? (?:scale|units)\\b|mod(?:ulo)?\\b)"
          + "|per mille\\b|on (?:a|the) log"
          + "|with (?:a|the) (?:minus|negative|opposite|reversed?)(?: sign)?(?=\\s*(?:$|[.,;)])))";

  private static final Pattern DENIAL =
      Pattern.compile(
          "\\b(?:not|never|no|nor|neither|cannot|nothing|without|hardly|unlikely|impossible|wrong|incorrect|false|"
              + "(?:anything|all|everything) but|except)\\b|n['\u2019]t\\b",
          Pattern.CASE_INSENSITIVE);

  /** What begins a new statement, so that a denial before it does not count. */
  private static final Pattern TURN =
      Pattern.compile(
          "[.,;:!?=\\n]|(?<!\\b(?:anything|all|everything) )\\b(?:but|so|then|therefore|thus|because|since|and|which|it is|it.s)\\b",
          Pattern.CASE_INSENSITIVE);

  /** The end of a text before a number that is only a part of what is said. */
  private static final Pattern OPERATION =
      Pattern.compile(
          "(?:\\b(?:"
              + NO_VALUE
              + ",?|(?:do(?:es)?(?: not|n['\u2019]t)|cannot) exist[,:]?|negative|neg\\.?|used to be|minus|plus|times|half|twice|double|triple|thrice|over|under|above|below|"
              + "beyond|exceed(?:s|ing)?|than|(?:at|the) (?:least|most)|up to|between|before|near|"
              + "(?:divided|multiplied) by|mod(?:ulo)?|to the power|until|"
              + "(?:half|halves|thirds?|quarters?|fourths?|fifths?|tenths?|roots?|multiples?|factors?|"
              + "divisors?|inverse|reciprocal|opposite|squares?|cubes?|powers?|log|logarithm|negation|"
              + "double|percent|fraction|factorial|complement|out) of)(?: (?:a|the|about|of))*+"
              + "|(?<![=-])>|[<\u2264\u2265\u2260\u00b1~\u221a]|/-|%[ ]of|\\d x|\\w\\(|\\d\\s*(?:and|or|to)|\\d +|\\d, \\$?\\d[\\d.]*+,(?: and| or)?|[\\w)\\]}$] *[-+*/^\u00d7\u00f7\u00b7\u2212])\\s*+$",
          Pattern.CASE_INSENSITIVE);

  /** The beginning of a text after a number that belongs to it. */
  private static final Pattern CONTINUATION =
      Pattern.compile(
          "\\s*+(?:(?:"
              + NO_VALUE
              + NO_NOUN
              + "|squared|cubed|doubled|tripled|halved|give or take|factorial|divided|multiplied|plus|minus|times|mod|modulo|over|tens|out of|to the|or (?:more|less|fewer)|"
              + "and (?:a|one) (?:half|third|quarter|fourth|fifth))\\b|\\((?:\\\\?p?mod)\\b|(?-i:"
              + Parts.NAME
              + ")|"
              + OTHER_UNIT
              + "|(?:in|per|to|by) \\d|(?:degrees? |\u00b0 ?[CF]? )?below (?:zero|freezing)\\b|in base (?!10\\b|ten\\b)|\\^(?!\\s*\\{?\\s*\\\\circ)|[+\u00d7\u00f7\u2030\u207b\u00b2\u00b3]|\\* ?[\\w(]|- ?[b-zB-Z]\\b(?!-))",
          Pattern.CASE_INSENSITIVE);

  /** A clause behind an answer that makes it another one. */
  private static final Pattern CHANGE =
      Pattern.compile(
          "^[\\s,;]*+\\(?(?:(?:(?:that|which) )?(?:is |= ?)?"
              + NO_VALUE
              + NO_NOUN
              + "|"
              + OTHER_UNIT
              + "|with (?:a )?remainder (?:of )?(?!0|zero)|(?:then )?(?:plus|minus|times|(?:multiplied|divided|increased|decreased|reduced) by|negated|inverted|reversed)\\b|(?:after|before) (?:adding|subtracting|multiplying|dividing|doubling|halving|squaring) (?:by )?[$\\d]|if\\b(?! I\\b)|(?:sorry|oops|no|wait|i mean|make that)\\b|(?:by|per|at|on) [$\\d]|(?<!,\\s)as [$\\d]|(?:in|for|with|after|every|each) [$]?[\\d.,]++ *+(?![\\w ])|"
              + "\\( *(?:\\\\?p?)mod|(?:plus|minus|times|or|at least|at most|out of)\\b|"
              + "give or take\\b|in base (?!10\\b|ten\\b)|(?:doubled|tripled|halved|squared|cubed)\\b|"
              + "(?:per|every|each|an?) [a-z]{1,20} (?:times|plus|minus|multiplied by|divided by)\\b|"
              + "not *+$|for at |so not\\b|instead of being)|(?<!not )\\b(?:wrong|incorrect|mistaken?|false|not (?:right|correct|true))\\b",
          Pattern.CASE_INSENSITIVE);

  private static final String VERDICT =
      "(?:(?:the|an?|my|our) (?:correct |right |final |valid |true |possible )?(?:answer|solution|result|value|one|option)"
          + "|right|correct|true|possible|valid)\\b";

  /** A predicate behind a number that denies it. */
  private static final Pattern REJECTION =
      Pattern.compile(
          "(?:[\\s$*)}\\]]|\\\\[)\\]])*+(?:(?:is|was|seems|would be|must be|has to be)(?: [a-z]+ly| also)? "
              + "(?:wrong|incorrect|false|impossible|mistaken|invalid|a (?:common )?mistake|an error|(?:my|our) (?:first|initial|original) [a-z]{1,20}\\b|"
              + "not (?:"
              + VERDICT
              + "))"
              + "|(?:(?:is|was|would|could)n['\u2019]t|cannot|can ?not|can['\u2019]t|could not|would not) "
              + "(?:be )?(?:"
              + VERDICT
              + "))",
          Pattern.CASE_INSENSITIVE);

  private Doubt() {}

  /** Whether what follows a number denies it: "is wrong", "cannot be the answer". */
  static boolean rejects(String after) {
    return REJECTION.matcher(after).lookingAt();
  }

  /** Whether words before a number deny it. */
  static boolean denies(String before) {
    int from = 0;
    var turn = TURN.matcher(before);
    while (turn.find()) {
      from = turn.end();
    }
    return DENIAL.matcher(before.substring(from)).find();
  }

  /** Whether a clause behind an answer makes it another one. */
  static boolean changes(String rest) {
    return CHANGE.matcher(rest).find();
  }

  /**
   * Whether a number in prose is only a part of what is said.
   *
   * @param before the line before it
   * @param after the line after it
   */
  static boolean surrounds(String before, String after) {
    return denies(before)
        || NumberBase.isBefore(before)
        || NumberBase.isBehind(after)
        || OPERATION.matcher(before).find()
        || CONTINUATION.matcher(after).lookingAt()
        || rejects(after);
  }
}
