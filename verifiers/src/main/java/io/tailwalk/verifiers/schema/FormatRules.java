package io.tailwalk.verifiers.schema;

import java.util.Locale;

/** What formats require beyond their patterns. */
final class FormatRules {
  private static final String VIRAMAS =
      "\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA\u0E3A\u0F84\u1039\u17D2";

  /** Characters that RFC 5892 excludes although they are letters or marks, in the BMP. */
  private static final String EXCLUDED =
      "\u0640\u07FA\u302E\u302F\u3031\u3032\u3033\u3034\u3035\u303B";

  /** Characters that RFC 5892 admits although they are neither. */
  private static final String ADMITTED = "\u06FD\u06FE\u0F0B\u3007";

  private FormatRules() {}

  static boolean isDate(String text) {
    int year = Integer.parseInt(text.substring(0, 4));
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return leap || !text.endsWith("-02-29");
  }

  /** A leap second is the last second of a day in UTC. */
  static boolean isTime(String text) {
    if (!text.startsWith("60", 6)) {
      return true;
    }
    int minute = 60 * number(text, 0) + number(text, 3);
    char zone = text.charAt(text.length() - 1);
    if (zone != 'z' && zone != 'Z') {
      int from = text.length() - 6;
      int offset = 60 * number(text, from + 1) + number(text, from + 4);
      minute -= text.charAt(from) == '-' ? -offset : offset;
    }
    return Math.floorMod(minute, 1440) == 1439;
  }

  private static int number(String text, int at) {
    return Integer.parseInt(text.substring(at, at + 2));
  }

  static boolean isHostname(String text) {
    if (text.length() > 253) {
      return false;
    }
    for (String label : text.split("\\.", -1)) {
      boolean encoded = label.toLowerCase(Locale.ROOT).startsWith("xn--");
      if (encoded ? !isEncodedLabel(label) : label.startsWith("--", 2)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isEncodedLabel(String label) {
    String decoded = Punycode.decode(label.substring(4).toLowerCase(Locale.ROOT));
    return decoded != null
        && decoded.codePoints().anyMatch(c -> c > 127)
        && isInternationalLabel(decoded);
  }

  static boolean isInternationalHostname(String text) {
    String[] labels = text.split("[.\u3002\uFF0E\uFF61]", -1);
    int length = labels.length - 1;
    boolean bidi = BidiRule.applies(text);
    for (String label : labels) {
      boolean ascii = label.chars().allMatch(c -> c < 128);
      if (label.isEmpty() || (ascii && !label.matches("(?i)[a-z0-9-]+"))) {
        return false;
      }
      if (ascii && label.toLowerCase(Locale.ROOT).startsWith("xn--")) {
        if (!isEncodedLabel(label)) {
          return false;
        }
      } else if (!isInternationalLabel(label)) {
        return false;
      }
      int bytes = ascii ? label.length() : 4 + Punycode.encodedLength(label);
      if (bytes > 63 || (bidi && !BidiRule.mayBeAmongOthers(label))) {
        return false;
      }
      length += bytes;
    }
    return length <= 253;
  }

  /** RFC 5891, section 4.2, and RFC 5892, Appendix A. */
  private static boolean isInternationalLabel(String label) {
    int[] c = label.codePoints().toArray();
    if (label.startsWith("-") || label.endsWith("-") || label.startsWith("--", 2)) {
      return false;
    }
    int first = Character.getType(c[0]);
    if (first == Character.NON_SPACING_MARK
        || first == Character.COMBINING_SPACING_MARK
        || first == Character.ENCLOSING_MARK) {
      return false;
    }
    if (!BidiRule.fits(label)) {
      return false;
    }
    boolean eastern = label.codePoints().anyMatch(d -> d >= 0x6F0 && d <= 0x6F9);
    for (int i = 0; i < c.length; i++) {
      int before = i > 0 ? c[i - 1] : 0;
      int after = i + 1 < c.length ? c[i + 1] : 0;
      boolean fits =
          switch (c[i]) {
            case 0xB7 -> before == 'l' && after == 'l';
            case 0x375 -> isOf(after, Character.UnicodeScript.GREEK);
            case 0x5F3, 0x5F4 -> isOf(before, Character.UnicodeScript.HEBREW);
            case 0x30FB -> label.codePoints().anyMatch(FormatRules::isJapanese);
            case 0x200D -> VIRAMAS.indexOf(before) >= 0;
            case 0x200C -> VIRAMAS.indexOf(before) >= 0 || joins(before, after);
            default -> isLetter(c[i]) && !(eastern && c[i] >= 0x660 && c[i] <= 0x669);
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean joins(int before, int after) {
    return isOf(before, Character.UnicodeScript.ARABIC)
        && isOf(after, Character.UnicodeScript.ARABIC);
  }

  private static boolean isOf(int c, Character.UnicodeScript script) {
    return c > 0 && Character.UnicodeScript.of(c) == script;
  }

  private static boolean isJapanese(int c) {
    return c != 0x30FB
        && (isOf(c, Character.UnicodeScript.HIRAGANA)
            || isOf(c, Character.UnicodeScript.KATAKANA)
            || isOf(c, Character.UnicodeScript.HAN));
  }

  private static boolean isLetter(int c) {
    if (c == '-') {
      return true;
    }
    if (ADMITTED.indexOf(c) >= 0) {
      return true;
    }
    int type = Character.getType(c);
    return EXCLUDED.indexOf(c) < 0
        && (type == Character.LOWERCASE_LETTER
            || type == Character.UPPERCASE_LETTER
            || type == Character.OTHER_LETTER
            || type == Character.MODIFIER_LETTER
            || type == Character.NON_SPACING_MARK
            || type == Character.COMBINING_SPACING_MARK
            || type == Character.DECIMAL_DIGIT_NUMBER);
  }

  /** Whether a text is a pattern of ECMA-262: escapes of other dialects are not. */
  static boolean isPattern(String text) {
    if (text.matches("\\(\\?[a-z]+\\).*")) {
      return false;
    }
    for (int i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', i + 2)) {
      if (i + 1 < text.length() && "aAeEgGhHlLmMoOqQRUVXyYzZ".indexOf(text.charAt(i + 1)) >= 0) {
        return false;
      }
    }
    try {
      EcmaPattern.of(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
