package io.tailwalk.verifiers.regex;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/**
 * The automata of single characters. The contents of a class, an escape or the dot are determined
 * by testing all Unicode characters with {@code java.util.regex}, so that the meaning is Java's by
 * construction. Surrogates are excluded, because no UTF-8 text contains any.
 */
final class CharacterSets {
  /** Testing a million characters takes tens of milliseconds; the same sets occur repeatedly. */
  private static final Map<Question, Automaton> KNOWN = new ConcurrentHashMap<>();

  private static final int MAX_KNOWN = 200;

  /** The bit in which ASCII letters differ between cases. */
  private static final int CASE_BIT = 0x20;

  private final int flags;

  private record Question(String oneCharacterPattern, int flags) {}

  /** The sets under the flags of a {@link Pattern}. */
  CharacterSets(int flags) {
    this.flags = flags;
  }

  /**
   * The characters that match a pattern for one character; empty if the pattern matches something
   * else.
   */
  Automaton matching(String oneCharacterPattern) {
    if (KNOWN.size() >= MAX_KNOWN) {
      KNOWN.clear();
    }
    return KNOWN.computeIfAbsent(new Question(oneCharacterPattern, flags), CharacterSets::ask);
  }

  /** One character, or all characters equal to it if case is ignored. */
  Automaton literal(int codePoint) {
    if ((flags & Pattern.UNICODE_CASE) != 0) {
      return matching(Pattern.quote(Character.toString(codePoint)));
    }
    Automaton itself = Automata.makeChar(codePoint);
    boolean hasTwin =
        (flags & Pattern.CASE_INSENSITIVE) != 0 && codePoint < 128 && Character.isLetter(codePoint);
    return hasTwin
        ? Operations.union(List.of(itself, Automata.makeChar(codePoint ^ CASE_BIT)))
        : itself;
  }

  private static Automaton ask(Question question) {
    Pattern one = Pattern.compile(question.oneCharacterPattern, question.flags);
    Pattern runs = Pattern.compile("(?:" + question.oneCharacterPattern + ")++", question.flags);
    var automaton = new Automaton();
    int start = automaton.createState();
    int end = automaton.createState();
    automaton.setAccept(end, true);
    for (String all : List.of(characters(0, 0xD7FF), characters(0xE000, 0x10FFFF))) {
      Matcher matcher = runs.matcher(all);
      while (matcher.find()) {
        int first = all.codePointAt(matcher.start());
        if (!one.matcher(Character.toString(first)).matches()) {
          return Automata.makeEmpty();
        }
        automaton.addTransition(start, end, first, all.codePointBefore(matcher.end()));
      }
    }
    automaton.finishState();
    return automaton;
  }

  private static String characters(int from, int to) {
    var all = new StringBuilder(2 * (to - from + 1));
    for (int codePoint = from; codePoint <= to; codePoint++) {
      all.appendCodePoint(codePoint);
    }
    return all.toString();
  }
}
