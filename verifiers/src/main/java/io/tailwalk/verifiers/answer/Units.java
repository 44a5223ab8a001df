package io.tailwalk.verifiers.answer;

import java.util.List;
import java.util.Locale;

/** Units after a value. */
final class Units {
  static final String UNKNOWN = "?";
  private static final int MAX_TOKENS = 24;

  private Units() {}

  /**
   * The unit in one spelling, {@code ?} for other words.
   *
   * @throws UndecidedException if what follows the value is not words
   */
  static String read(List<Token> tokens) {
    if (tokens.size() > MAX_TOKENS) {
      throw new UndecidedException();
    }
    StringBuilder words = new StringBuilder();
    boolean first = true;
    for (Token token : tokens) {
      switch (token.kind()) {
        case WORD -> {
          if (Scaled.SIGNS.containsKey(token.text())) {
            throw new UndecidedException();
          }
          words.append(' ').append(token.text().toLowerCase(Locale.ROOT));
        }
        case NUMBER -> {
          if (first || !words.toString().endsWith("^")) {
            throw new UndecidedException();
          }
          words.append(token.text());
        }
        case NAME -> words.append(token.spaced() ? " " : "").append(token.text());
        case COMMAND -> throw new UndecidedException();
        case SIGN -> sign(words, token.text(), first);
      }
      first = false;
    }
    return canonical(words.toString().strip());
  }

  private static void sign(StringBuilder words, String sign, boolean first) {
    if (Lexicon.CURRENCIES.containsKey(sign)) {
      words.append(' ').append(sign);
      return;
    }
    switch (sign) {
      case "^", "/" -> {
        if (first) {
          throw new UndecidedException();
        }
        words.append(sign);
      }
      case "°" -> words.append(" degree");
      case "{", "}", "*", "(", ")", "-" -> {
        if (first) {
          throw new UndecidedException();
        }
      }
      default -> throw new UndecidedException();
    }
  }

  private static String canonical(String words) {
    if (words.isEmpty()) {
      return "";
    }
    if (words.contains(" below zero") || NumberBase.isIn(words)) {
      throw new UndecidedException();
    }
    StringBuilder unit = new StringBuilder();
    String power = "";
    String[] parts = words.replace(" per ", " / ").replace("/", " / ").split("\\s+", -1);
    int last = parts.length - 1;
    boolean otherSign =
        last > 0 && parts[last].equals("sign") && Lexicon.SIGN_CHANGES.contains(parts[last - 1]);
    if (otherSign || Lexicon.ENDS.contains(parts[last]) || words.endsWith("upside down")) {
      throw new UndecidedException();
    }
    for (int i = 0; i < parts.length; i++) {
      boolean place = i > 0 && Lexicon.PLACES.contains(parts[i]);
      if ((Lexicon.CHANGES.contains(parts[i]) && !place) || Parts.isName(parts[i])) {
        throw new UndecidedException();
      }
    }
    for (String word : parts) {
      switch (word) {
        case "square", "sq", "sq." -> power = "^2";
        case "cubic", "cu" -> power = "^3";
        case "/" -> unit.append('/');
        case "$", "€", "£", "¥", "₹" -> unit.append(Lexicon.CURRENCIES.get(word)).append(' ');
        default -> {
          int caret = word.indexOf('^');
          String name = caret < 0 ? word : word.substring(0, caret);
          String known = Lexicon.unit(name.replaceAll("\\.$", ""));
          if (known.isEmpty()) {
            return UNKNOWN;
          }
          unit.append(known).append(caret < 0 ? power : word.substring(caret)).append(' ');
          power = "";
        }
      }
    }
    return unit.toString().strip();
  }

  /** Whether two units can mean the same: one is missing or not known, or they are equal. */
  static boolean fit(String one, String other) {
    return one.isEmpty()
        || other.isEmpty()
        || one.equals(UNKNOWN)
        || other.equals(UNKNOWN)
        || one.equals(other)
        || ambiguous(one, other)
        || ambiguous(other, one);
  }

  /**
   * "pound" is a weight or a currency, one sign is that of two currencies, degrees are of both
   * kinds.
   */
  private static boolean ambiguous(String one, String other) {
    return switch (one) {
      case "pound" -> other.equals("lb") || other.equals("sterling");
      case "degree" -> other.equals("celsius") || other.equals("fahrenheit");
      case "yen or yuan" -> other.equals("yen") || other.equals("yuan");
      default -> false;
    };
  }
}
