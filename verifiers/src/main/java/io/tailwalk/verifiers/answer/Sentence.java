package io.tailwalk.verifiers.answer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a text up to the end of its sentence or line.
 *
 * @param text the words
 * @param end where the part ends in the text, after its punctuation
 * @param question whether it ends with a question mark
 */
record Sentence(String text, int end, boolean question) {
  private static final Pattern END =
      Pattern.compile(
          "[.!?]++(?<!\\b(?:i\\.e|e\\.g|approx|No|vs)\\.)(?:\\*\\*|[_*`]|\\$)?(?=\\s|$|\"|<)|[.!?]*+\\n|\u3002|<\\||</s>|</answer>|<(?:eos|eot|pad|end_of_turn)>");
  private static final Pattern QUESTION = Pattern.compile("(?:\\s|\\*\\*)*+[.!]*+\\?");
  private static final int MAX_LENGTH = 3_000;

  /** The sentence from a position; a displayed formula belongs to it. */
  static Sentence from(String text, int from) {
    String rest = text.substring(from, Math.min(text.length(), from + MAX_LENGTH));
    for (String[] display : new String[][] {{"\\[", "\\]"}, {"$$", "$$"}}) {
      if (rest.startsWith(display[0])) {
        int close = rest.indexOf(display[1], 2);
        int end = close < 0 ? rest.length() : close + 2;
        boolean asked = QUESTION.matcher(rest).region(end, rest.length()).lookingAt();
        return new Sentence(rest.substring(0, end), from + end, asked);
      }
    }
    Matcher end = END.matcher(rest);
    if (!end.find()) {
      return new Sentence(rest, from + rest.length(), false);
    }
    return new Sentence(
        rest.substring(0, end.start()), from + end.end(), end.group().indexOf('?') >= 0);
  }

  /** The words before a position that belong to its sentence, at most so many characters. */
  static String before(String text, int at, int most) {
    String words = text.substring(Math.max(0, at - most), at);
    int start = 0;
    Matcher end = END.matcher(words);
    while (end.find()) {
      start = end.end();
    }
    return words.substring(start);
  }
}
