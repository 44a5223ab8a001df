package io.tailwalk.verifiers.schema;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/**
 * A set of code points from 0 to 0x10FFFF, surrogates included: a JSON text may escape single ones.
 */
final class CharSet {
  private final int[] bounds;

  private CharSet(int[] bounds) {
    this.bounds = bounds;
  }

  static final int END = Character.MAX_CODE_POINT + 1;
  static final CharSet ALL = new CharSet(new int[] {0, END});
  static final CharSet NONE = new CharSet(new int[] {});
  static final CharSet DIGITS = of('0', '9');
  static final CharSet WORD = of('0', '9', 'A', 'Z', '_', '_', 'a', 'z');
  static final CharSet LINE_ENDS = of('\n', '\n', '\r', '\r', 0x2028, 0x2029);
  static final CharSet SPACES =
      of(9, 13, ' ', ' ', 0xA0, 0xA0, 0x1680, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029)
          .or(of(0x202F, 0x202F, 0x205F, 0x205F, 0x3000, 0x3000, 0xFEFF, 0xFEFF));

  private static final Map<String, CharSet> BY_PROPERTY = new ConcurrentHashMap<>();

  /** Pairs of a first and a last code point, in any order. */
  static CharSet of(int... pairs) {
    CharSet all = NONE;
    for (int i = 0; i < pairs.length; i += 2) {
      all = all.or(new CharSet(new int[] {pairs[i], pairs[i + 1] + 1}));
    }
    return all;
  }

  /** A Unicode property as {@code \p{...}} names it: a general category or a script. */
  static CharSet property(String name) {
    return BY_PROPERTY.computeIfAbsent(name, CharSet::compute);
  }

  private static CharSet compute(String name) {
    String plain = name.replaceFirst("^(General_Category|gc)=", "");
    String known =
        switch (plain) {
          case "Letter" -> "L";
          case "Lowercase_Letter" -> "Ll";
          case "Uppercase_Letter" -> "Lu";
          case "Titlecase_Letter" -> "Lt";
          case "Mark" -> "M";
          case "Number", "digit" -> plain.equals("digit") ? "Nd" : "N";
          case "Decimal_Number" -> "Nd";
          case "Punctuation", "punct" -> "P";
          case "Symbol" -> "S";
          case "Separator" -> "Z";
          case "Space_Separator" -> "Zs";
          case "Other" -> "C";
          case "Control", "cntrl" -> "Cc";
          case "Alphabetic", "Alpha" -> "IsAlphabetic";
          case "White_Space", "space" -> "IsWhite_Space";
          case "Uppercase", "Upper" -> "IsUppercase";
          case "Lowercase", "Lower" -> "IsLowercase";
          case "Any", "ASCII" -> plain;
          default -> plain.replaceFirst("^(Script_Extensions|scx|Script|sc)=", "IsScript=");
        };
    if (known.equals("Any")) {
      return ALL;
    }
    if (known.equals("ASCII")) {
      return of(0, 127);
    }
    String expression = known.startsWith("IsScript=") ? "Is" + known.substring(9) : known;
    var one = java.util.regex.Pattern.compile("\\p{" + expression + "}").asMatchPredicate();
    return where(c -> one.test(Character.toString(c)));
  }

  private static CharSet where(IntPredicate test) {
    int[] out = new int[64];
    int size = 0;
    boolean in = false;
    for (int c = 0; c < END; c++) {
      if (test.test(c) != in) {
        out = size == out.length ? Arrays.copyOf(out, 2 * size) : out;
        out[size++] = c;
        in = !in;
      }
    }
    if (in) {
      out = Arrays.copyOf(out, size + 1);
      out[size++] = END;
    }
    return new CharSet(Arrays.copyOf(out, size));
  }

  /**
   * The set's ends, sorted: the first code point in the set, the first after that not in the set,
   * and so on. Callers do not change them.
   */
  int[] bounds() {
    return bounds;
  }

  boolean contains(int c) {
    int at = Arrays.binarySearch(bounds, c);
    return at >= 0 ? (at & 1) == 0 : (-at - 1 & 1) == 1;
  }

  CharSet not() {
    boolean fromZero = bounds.length > 0 && bounds[0] == 0;
    boolean toEnd = bounds.length > 0 && bounds[bounds.length - 1] == END;
    int[] inside =
        Arrays.copyOfRange(bounds, fromZero ? 1 : 0, toEnd ? bounds.length - 1 : bounds.length);
    int[] out = new int[inside.length + (fromZero ? 0 : 1) + (toEnd ? 0 : 1)];
    System.arraycopy(inside, 0, out, fromZero ? 0 : 1, inside.length);
    if (!toEnd) {
      out[out.length - 1] = END;
    }
    return new CharSet(out);
  }

  CharSet or(CharSet other) {
    int[] cuts = new int[bounds.length + other.bounds.length];
    int size = 0;
    int i = 0;
    int j = 0;
    boolean in = false;
    while (i < bounds.length || j < other.bounds.length) {
      int at =
          Math.min(
              i < bounds.length ? bounds[i] : END, j < other.bounds.length ? other.bounds[j] : END);
      while (i < bounds.length && bounds[i] == at) {
        i++;
      }
      while (j < other.bounds.length && other.bounds[j] == at) {
        j++;
      }
      boolean now = (i & 1) == 1 || (j & 1) == 1;
      if (now != in) {
        cuts[size++] = at;
        in = now;
      }
    }
    return new CharSet(Arrays.copyOf(cuts, size));
  }

  /** The set with both cases of each ASCII letter. */
  CharSet ignoringCase() {
    CharSet out = this;
    for (int c = 'a'; c <= 'z'; c++) {
      int upper = c - 0x20;
      if (contains(c) || contains(upper)) {
        out = out.or(of(c, c, upper, upper));
      }
    }
    return out;
  }
}
