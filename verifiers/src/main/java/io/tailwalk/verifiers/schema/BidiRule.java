package io.tailwalk.verifiers.schema;

import java.util.Set;

/** The rule for labels with characters written from right to left (RFC 5893, section 2). */
final class BidiRule {
  private static final Set<Byte> RIGHT =
      Set.of(
          Character.DIRECTIONALITY_RIGHT_TO_LEFT,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
          Character.DIRECTIONALITY_ARABIC_NUMBER);
  private static final Set<Byte> NEUTRAL =
      Set.of(
          Character.DIRECTIONALITY_EUROPEAN_NUMBER,
          Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
          Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
          Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR,
          Character.DIRECTIONALITY_OTHER_NEUTRALS,
          Character.DIRECTIONALITY_BOUNDARY_NEUTRAL,
          Character.DIRECTIONALITY_NONSPACING_MARK);

  private BidiRule() {}

  /** Whether a text has characters written from right to left. */
  static boolean applies(String text) {
    return text.codePoints().anyMatch(c -> RIGHT.contains(direction(c)));
  }

  /** Whether a label may be in a name in which others are written from right to left. */
  static boolean mayBeAmongOthers(String label) {
    return applies(label)
        || direction(label.codePointAt(0)) == Character.DIRECTIONALITY_LEFT_TO_RIGHT;
  }

  /** Whether a label without such characters, or by the rule for those with them, is valid. */
  static boolean fits(String label) {
    if (!applies(label)) {
      return true;
    }
    byte first = direction(label.codePointAt(0));
    boolean startsRight =
        first == Character.DIRECTIONALITY_RIGHT_TO_LEFT
            || first == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    return startsRight
        && label.codePoints().allMatch(c -> RIGHT.contains(direction(c)) || isNeutral(c))
        && endsWell(label)
        && !(has(label, Character.DIRECTIONALITY_EUROPEAN_NUMBER)
            && has(label, Character.DIRECTIONALITY_ARABIC_NUMBER));
  }

  private static boolean endsWell(String label) {
    int end = label.length();
    while (end > 0
        && direction(label.codePointBefore(end)) == Character.DIRECTIONALITY_NONSPACING_MARK) {
      end -= Character.charCount(label.codePointBefore(end));
    }
    byte last = direction(label.codePointBefore(end));
    return RIGHT.contains(last) || last == Character.DIRECTIONALITY_EUROPEAN_NUMBER;
  }

  private static boolean has(String label, byte direction) {
    return label.codePoints().anyMatch(c -> direction(c) == direction);
  }

  private static boolean isNeutral(int c) {
    return NEUTRAL.contains(direction(c));
  }

  private static byte direction(int c) {
    return Character.getDirectionality(c);
  }
}
