package io.tailwalk.verifiers.regex;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The characters of a class, an escape or the dot, by testing all Unicode characters with {@code
 * java.util.regex}, so that the meaning is Java's by construction.
 */
final class CharacterSets {
  /** Testing a million characters takes tens of milliseconds; the same sets occur repeatedly. */
  private static final Map<Question, CodeSet> KNOWN = new ConcurrentHashMap<>();

  private static final int MAX_KNOWN = 400;

  /** The bit in which ASCII letters differ between cases. */
  private static final int CASE_BIT = 0x20;

  /** Flags that no set depends on. */
  private static final int NOT_OF_SETS = Pattern.MULTILINE;

  private record Question(String oneCharacterPattern, int flags) {}

  private CharacterSets() {}

  /** The characters that match a pattern for one character, under the flags of {@link Pattern}. */
  static CodeSet matching(String oneCharacterPattern, int flags) {
    CodeSet frequent = AsciiClasses.of(oneCharacterPattern, flags);
    if (frequent != null) {
      return frequent;
    }
    if (KNOWN.size() >= MAX_KNOWN) {
      KNOWN.clear();
    }
    return KNOWN.computeIfAbsent(
        new Question(oneCharacterPattern, flags & ~NOT_OF_SETS), CharacterSets::ask);
  }

  /**
   * One character, or all characters equal to it if case is ignored.
   *
   * @param alone whether it is a term by itself: within a text Java also equates a character that
   *     has no lower and upper form, such as the sharp s, with one that folds to it
   */
  static CodeSet literal(int codePoint, int flags, boolean alone) {
    CodeSet itself = CodeSet.of(codePoint);
    if ((flags & Pattern.CASE_INSENSITIVE) == 0) {
      return itself;
    }
    if ((flags & Pattern.UNICODE_CASE) == 0) {
      boolean hasTwin = codePoint < 128 && Character.isLetter(codePoint);
      return hasTwin
          ? CodeSet.of(codePoint & ~CASE_BIT).or(CodeSet.of(codePoint | CASE_BIT))
          : itself;
    }
    int upper = Character.toUpperCase(codePoint);
    int lower = Character.toLowerCase(upper);
    if (alone && upper == lower) {
      return itself;
    }
    return CodeSet.of(Folds.BY_FOLD.getOrDefault(lower, new int[0])).or(CodeSet.of(lower));
  }

  /** The characters that fold to another one, by it. */
  private static final class Folds {
    static final Map<Integer, int[]> BY_FOLD = new HashMap<>();

    static {
      for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
        int fold = Character.toLowerCase(Character.toUpperCase(c));
        if (fold != c) {
          int[] before = BY_FOLD.getOrDefault(fold, new int[0]);
          int[] all = Arrays.copyOf(before, before.length + 1);
          all[before.length] = c;
          BY_FOLD.put(fold, all);
        }
      }
    }
  }

  private static CodeSet ask(Question question) {
    Pattern runs = Pattern.compile("(?:" + question.oneCharacterPattern + ")++", question.flags);
    int[] bounds = new int[64];
    int size = 0;
    for (String all : List.of(AllCharacters.LOW, AllCharacters.HIGH)) {
      Matcher matcher = runs.matcher(all);
      while (matcher.find()) {
        if (size + 2 > bounds.length) {
          bounds = Arrays.copyOf(bounds, 2 * size);
        }
        bounds[size++] = all.codePointAt(matcher.start());
        bounds[size++] = all.codePointBefore(matcher.end()) + 1;
      }
    }
    return new CodeSet(Arrays.copyOf(bounds, size));
  }

  /** All characters in order, made when first needed. */
  private static final class AllCharacters {
    static final String LOW = range(0, Character.MIN_SURROGATE - 1);
    static final String HIGH = range(Character.MAX_SURROGATE + 1, Character.MAX_CODE_POINT);

    private static String range(int from, int to) {
      var all = new StringBuilder(2 * (to - from + 1));
      for (int codePoint = from; codePoint <= to; codePoint++) {
        all.appendCodePoint(codePoint);
      }
      return all.toString();
    }
  }
}
