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
          "\\x{20ac}",
          "\\u00e9",
          "\\n",
          "\\Qa-\\E",
          "[\\]-]",
          "#",
          "&",
          "~",
          "@",
          "<",
          "\"");
  private static final List<String> QUANTIFIERS =
      List.of("*", "+", "?", "*?", "+?", "??", "{2}", "{1,}", "{0,2}", "{1,2}?", "{0}");
  private static final List<String> OPENINGS = List.of("(", "(?:", "(?<n>");

  private final RandomGenerator random;
  private boolean named;

  /** Whether categories of thousands of letters, slow to handle, may occur. */
  private final boolean categories;

  RandomPattern(RandomGenerator random, boolean categories) {
    this.random = random;
    this.categories = categories;
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
      String atom = depth > 0 && random.nextInt(4) == 0 ? group(depth - 1) : atom();
      concatenation.append(atom);
      if (random.nextInt(3) == 0 && !atom.startsWith("\\Q")) {
        concatenation.append(QUANTIFIERS.get(random.nextInt(QUANTIFIERS.size())));
      }
    }
    return concatenation.toString();
  }

  private String group(int depth) {
    String opening = OPENINGS.get(random.nextInt(named ? 2 : 3));
    named |= opening.endsWith(">");
    return opening + union(depth) + ")";
  }

  private String atom() {
    if (categories && random.nextInt(4) == 0) {
      return random.nextBoolean() ? "\\p{L}" : "\\P{Lu}";
    }
    return ATOMS.get(random.nextInt(ATOMS.size()));
  }
}
