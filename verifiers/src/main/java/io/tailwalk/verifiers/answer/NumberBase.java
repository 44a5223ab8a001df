package io.tailwalk.verifiers.answer;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Number bases in words: "in base 9", "hexadecimal", "(base two)". */
final class NumberBase {
  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          Map.entry("binary", 2),
          Map.entry("ternary", 3),
          Map.entry("quaternary", 4),
          Map.entry("quinary", 5),
          Map.entry("senary", 6),
          Map.entry("octal", 8),
          Map.entry("oct", 8),
          Map.entry("duodecimal", 12),
          Map.entry("dozenal", 12),
          Map.entry("hexadecimal", 16),
          Map.entry("hex", 16),
          Map.entry("vigesimal", 20),
          Map.entry("sexagesimal", 60));

  /** A base that is not ten; "base" needs its number. */
  private static final String NAME =
      "(?:(?:"
          + String.join("|", NAMES.keySet())
          + ")|(?:(?:radix|base)[- ](?!10\\b|ten\\b)(?:\\d{1,2}|[a-z]{2,12})))(?![\\w-])";

  private static final String NOUN =
      "(?:[- ](?:system|notation|numbers?|numerals?|representation|form|format|arithmetic|digits))?";

  private static final String LINK =
      "(?:(?:written|expressed|given|represented|read) )?(?:in|as|using|to|with) (?:the |an? )?";

  /** A base behind a number, with or without brackets. */
  private static final String PHRASE =
      "(?:"
          + LINK
          + NAME
          + NOUN
          + "|\\(\\s*(?:"
          + LINK
          + ")?"
          + NAME
          + NOUN
          + "\\s*\\)|"
          + NAME
          + "(?=\\s*(?:$|[).,;:!?$}*])))(?=\\s*(?:$|[).,;:!?$}*]|[a-z]))";

  private static final Pattern BEHIND =
      Pattern.compile("^[\\s,;}$*)\\\\]*+" + PHRASE, Pattern.CASE_INSENSITIVE);

  private static final Pattern UNIT =
      Pattern.compile(
          "(?:^|\\s)\\(?\\s*(?:" + LINK + NAME + "|" + NAME + "\\s*\\)?$)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern BEFORE =
      Pattern.compile("\\b" + NAME + NOUN + "\\s++$", Pattern.CASE_INSENSITIVE);

  private static final Pattern SUBJECT =
      Pattern.compile(
          "\\banswers?,? \\(?" + LINK + NAME + NOUN + "\\)?,? ", Pattern.CASE_INSENSITIVE);

  private static final Pattern OUTSIDE =
      Pattern.compile(
          "\\b"
              + LINK
              + NAME
              + NOUN
              + ",? (?:(?:so|then|thus|therefore|hence),? )?(?:(?:the|our|my) )?(?:(?:final|correct) )?$",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NUMBER =
      Pattern.compile(
          "([0-9a-f]{1,40})[ ,]*+(?:("
              + PHRASE
              + ")\\.?)|("
              + NAME
              + ")"
              + NOUN
              + " ([0-9a-f]{1,40})",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern BASE =
      Pattern.compile(
          "\\b(?:(?:base|radix)[- ](\\w+)|(" + String.join("|", NAMES.keySet()) + "))\\b",
          Pattern.CASE_INSENSITIVE);

  private NumberBase() {}

  /** Whether a text behind a number begins with a base that is not ten. */
  static boolean isBehind(String after) {
    return BEHIND.matcher(after).find();
  }

  /** The base with which a text behind a number begins, in digits; empty if it is not known. */
  static Optional<String> behind(String after) {
    Matcher phrase = BEHIND.matcher(after);
    return phrase.find() ? base(phrase.group()) : Optional.empty();
  }

  /** Whether a text before a number ends with a base that is not ten. */
  static boolean isBefore(String before) {
    return BEFORE.matcher(before).find();
  }

  /** Whether words directly behind a number name a base that is not ten. */
  static boolean isIn(String words) {
    return UNIT.matcher(words).find();
  }

  /**
   * The base that is named before an answer, as words behind it; empty if there is none.
   *
   * @param before the sentence before the words for an answer: "in base 9, the "
   * @param subject the words for the answer: "answer in base 9 is "
   */
  static String ofSubject(String before, String subject) {
    Matcher inside = SUBJECT.matcher(subject);
    Matcher outside = OUTSIDE.matcher(before);
    String phrase = inside.find() ? inside.group() : outside.find() ? outside.group() : "";
    return phrase.isEmpty() ? "" : " in base " + base(phrase).orElse("unknown");
  }

  /** A number with its base in words as digits with a subscript: {@code 204_{5}}. */
  static Optional<String> digits(String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      return Optional.empty();
    }
    boolean behind = number.group(1) != null;
    String digits = behind ? number.group(1) : number.group(4);
    return base(behind ? number.group(2) : number.group(3))
        .map(base -> digits.toUpperCase(Locale.ROOT) + "_{" + base + "}");
  }

  private static Optional<String> base(String phrase) {
    Matcher base = BASE.matcher(phrase);
    if (!base.find()) {
      return Optional.empty();
    }
    if (base.group(2) != null) {
      return Optional.of(String.valueOf(NAMES.get(base.group(2).toLowerCase(Locale.ROOT))));
    }
    String named = base.group(1).toLowerCase(Locale.ROOT);
    return Character.isDigit(named.charAt(0))
        ? Optional.of(named)
        : NumberWords.digits(named, named).filter(digits -> digits.matches("\\d{1,2}"));
  }
}
