package io.tailwalk.verifiers.regex;

import java.util.List;
import java.util.random.RandomGenerator;

/** Random patterns of the supported syntax. */
final class RandomPattern {
  private static final List<String> ATOMS =
      List.of(
          "a",
          "b",
          "7",
          "-",
          "]",
          "}",
          "\u00e9",
          "\u20ac",
          "\ud83d\ude00",
          ".",
          "\\.",
          "\\\\",
          "\\d",
          "\\W",
          "\\s",
          "[ab]",
          "[^a]",
          "[a-z\u00e9]",
          "[^\\d\\s]",
          "[]b]",
          "[^]-]",
          "[a[^b]]",
          "[\\w&&[^7]]",
          "[b&&7]",
          "[[:alpha:]7]",
          "\\x{20ac}",
          "\\u00e9",
          "\\ud83d\\ude00",
          "\\n",
          "\\cJ",
          "\\0142",
          "\\N{LATIN SMALL LETTER A}",
          "\\R",
          "\\h",
          "\\Qa-\\E",
          "[\\Q]a\\E]",
          "\\Qb7",
          "[\\]-]",
          "# 7\n",
          " ",
          "&",
          "~",
          "@",
          "<",
          "\"",
          "ab7",
          "aBs\u017f",
          "k\u00df");
  private static final List<String> QUANTIFIERS =
      List.of("*", "+", "?", "*?", "+?", "??", "{2}", "{1,}", "{0,2}", "{1,2}?", "{0}");
  private static final List<String> GROUPS =
      List.of("(", "(?:", "(?i:", "(?s:", "(?iu:", "(?m:", "(?x:", "(?U:", "(?d-s:", "(?<n>");
  private static final List<String> LOOKS = List.of("(?=", "(?!", "(?<=", "(?<!");
  private static final List<String> ANCHORS =
      List.of("^", "$", "\\A", "\\z", "\\Z", "\\b", "\\B", "\\G");
  private static final List<String> FLAGS =
      List.of("(?i)", "(?s)", "(?iu)", "(?m)", "(?x)", "(?U)", "(?d)", "(?-i)", "(?md)", "(?ix-s)");

  private final RandomGenerator random;
  private boolean named;

  /** Whether categories of thousands of letters, slow to handle, may occur. */
  private final boolean categories;

  /** Whether anchors, boundaries, look-around and flags may occur anywhere. */
  private final boolean looks;

  RandomPattern(RandomGenerator random, boolean categories, boolean looks) {
    this.random = random;
    this.categories = categories;
    this.looks = looks;
  }

  /** A pattern, now and then with leading flags or anchors. */
  String whole() {
    String body = union(categories ? 0 : 2);
    return switch (random.nextInt(8)) {
      case 0 -> "(?i)" + body;
      case 1 -> "(?s)" + body;
      case 2 -> "(?iu)" + body;
      case 3 -> "^" + concatenation(categories ? 0 : 2) + "$";
      default -> body;
    };
  }

  private String union(int depth) {
    String union = concatenation(depth);
    while (random.nextInt(3) == 0) {
      union += "|" + (random.nextInt(6) == 0 ? "" : concatenation(depth));
    }
    return union;
  }

  private String concatenation(int depth) {
    var concatenation = new StringBuilder();
    int parts = 1 + random.nextInt(3);
    for (int i = 0; i < parts; i++) {
      boolean group = depth > 0 && random.nextInt(4) == 0;
      String part = group ? group(depth - 1) : looks && random.nextInt(5) == 0 ? zero() : atom();
      concatenation.append(part);
      boolean repeatable = !part.startsWith("\\Q") && !FLAGS.contains(part);
      if (repeatable && random.nextInt(3) == 0) {
        concatenation.append(QUANTIFIERS.get(random.nextInt(QUANTIFIERS.size())));
      }
      if (part.equals("\\Qb7")) {
        concatenation.append("\\E");
      }
    }
    return concatenation.toString();
  }

  private String group(int depth) {
    if (looks && random.nextInt(2) == 0) {
      return LOOKS.get(random.nextInt(LOOKS.size())) + union(depth) + ")";
    }
    int simple = looks ? GROUPS.size() : 2;
    String opening = GROUPS.get(random.nextInt(named ? simple - 1 : simple));
    named |= opening.endsWith("n>");
    return opening + union(depth) + ")";
  }

  private String zero() {
    List<String> from = random.nextInt(4) == 0 ? FLAGS : ANCHORS;
    return from.get(random.nextInt(from.size()));
  }

  private String atom() {
    if (categories && random.nextInt(4) == 0) {
      return random.nextBoolean() ? "\\p{L}" : "\\P{Lu}";
    }
    return ATOMS.get(random.nextInt(ATOMS.size()));
  }
}
