package io.tailwalk.verifiers.regex;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sets of the most frequent classes and escapes, read here because asking {@code
 * java.util.regex} about each character of Unicode takes some 40 ms.
 */
final class AsciiClasses {
  private static final String PLAIN = "[A-Za-z0-9_ !\"%',/:;<=>@`{|}.*+?()$]";
  private static final Pattern SIMPLE =
      Pattern.compile(
          "\\[\\^?(?:[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|"
              + PLAIN
              + "|\\\\[dwstnr]|\\\\[!-/:-@\\[-`{-~])+\\]");

  /** Flags under which a set is more than ASCII, or whitespace in a class does not count. */
  private static final int OTHER_FLAGS =
      Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS | Pattern.COMMENTS;

  private static final CodeSet DIGIT = range('0', '9');
  private static final CodeSet SPACE = range('\t', '\r').or(CodeSet.of(' '));
  private static final CodeSet WORD =
      DIGIT.or(range('A', 'Z')).or(range('a', 'z')).or(CodeSet.of('_'));
  private static final CodeSet NO_DOT = CodeSet.of('\n', '\r', 0x85, 0x2028, 0x2029);

  private AsciiClasses() {}

  /** The characters of a class, an escape or the dot; null if it is not a frequent one. */
  static @Nullable CodeSet of(String one, int flags) {
    if (one.equals(".")) {
      return (flags & Pattern.DOTALL) != 0
          ? CodeSet.ALL
          : ((flags & Pattern.UNIX_LINES) != 0 ? CodeSet.of('\n') : NO_DOT).not();
    }
    if ((flags & OTHER_FLAGS) != 0) {
      return null;
    }
    if (one.length() == 2 && one.charAt(0) == '\\') {
      CodeSet set = escape(Character.toLowerCase(one.charAt(1)));
      return set == null || Character.isLowerCase(one.charAt(1)) ? set : set.not();
    }
    return SIMPLE.matcher(one).matches()
        ? ofClass(one, (flags & Pattern.CASE_INSENSITIVE) != 0)
        : null;
  }

  private static @Nullable CodeSet escape(char kind) {
    return switch (kind) {
      case 'd' -> DIGIT;
      case 's' -> SPACE;
      case 'w' -> WORD;
      default -> null;
    };
  }

  private static CodeSet ofClass(String one, boolean ignoresCase) {
    boolean negated = one.charAt(1) == '^';
    CodeSet all = CodeSet.NONE;
    for (int i = negated ? 2 : 1; i < one.length() - 1; i++) {
      char c = one.charAt(i);
      if (c == '\\') {
        char kind = one.charAt(++i);
        CodeSet set = escape(kind);
        int control = "tnr".indexOf(kind);
        all = all.or(set != null ? set : CodeSet.of(control < 0 ? kind : "\t\n\r".charAt(control)));
      } else if (one.charAt(i + 1) == '-') {
        i += 2;
        all = all.or(range(c, one.charAt(i)));
      } else {
        all = all.or(CodeSet.of(c));
      }
    }
    if (ignoresCase) {
      for (int c = 'a'; c <= 'z'; c++) {
        int upper = Character.toUpperCase(c);
        if (all.contains(c) || all.contains(upper)) {
          all = all.or(CodeSet.of(upper, c));
        }
      }
    }
    return negated ? all.not() : all;
  }

  private static CodeSet range(int from, int to) {
    return new CodeSet(new int[] {from, to + 1});
  }
}
