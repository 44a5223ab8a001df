package io.tailwalk.verifiers.answer;

import io.tailwalk.verifiers.answer.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a written answer into tokens. Letters are variables in LaTeX; outside it, and after a
 * number and a space, a run of letters may be a word.
 */
final class Lexer {
  private static final Pattern GROUPED =
      Pattern.compile("\\d{1,3}(?:,\\d{3})++(?!\\d)(?:\\.\\d++)?");
  private static final Pattern SPACED = Pattern.compile("[1-9]\\d{0,2}(?: \\d{3})++(?![\\d.,])");
  private static final Pattern NUMBER =
      Pattern.compile("(?:\\d++(?:\\.\\d++|\\.(?!\\.))?|\\.\\d++)(?:[eE][+-]?\\d{1,4}(?![\\w^]))?");

  /** A dollar before a number that is not the beginning of a formula. */
  private static final Pattern CURRENCY = Pattern.compile("\\$ ?[-+]?[.\\d][^$]*+$");

  /** Chinese and Japanese signs for tens, powers of ten, halves and multiples. */
  private static final String MULTIPLIERS =
      "\u5341\u767e\u5343\u4e07\u842c\u4ebf\u5104\u5146\u534a\u500d";

  private static final Pattern LETTERS = Pattern.compile("[a-zA-Z]++");
  private static final Pattern COMMAND = Pattern.compile("\\\\([a-zA-Z]++)");
  private static final Pattern ARGUMENTS =
      Pattern.compile("\\s*+(?:\\\\left\\s*+)?(?:\\(|\\\\\\{)");

  /** Digits in a base above ten. */
  private static final Pattern LETTER_DIGITS =
      Pattern.compile("(?=[0-9]{0,40}[A-F])([0-9A-F]{2,40})(?=_(?:\\{1[1-6]\\}|1[1-6](?!\\d)))");

  private static final Pattern OPERATOR = Pattern.compile("<=|>=|!=|==|\\*\\*");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private boolean prose;
  private boolean spaced;
  private int at;
  private int nested;

  private Lexer(String text, boolean prose) {
    this.text = text;
    this.prose = prose;
  }

  /**
   * The tokens of an answer.
   *
   * @param text the answer after {@link Spelling#clean}
   * @param prose whether it is not LaTeX, except between dollar signs
   * @throws UndecidedException if it has a character that answers do not use
   */
  static List<Token> tokens(String text, boolean prose) {
    var lexer = new Lexer(text, prose);
    while (lexer.at < text.length()) {
      lexer.next();
    }
    return lexer.tokens;
  }

  private void next() {
    char c = text.charAt(at);
    if (Character.isWhitespace(c) || c == '~') {
      spaced = true;
      at++;
      return;
    }
    if (c == '$' && CURRENCY.matcher(text).region(at, text.length()).lookingAt()) {
      add(Kind.SIGN, "$");
      spaced = false;
      at++;
      return;
    }
    if (c == '$') {
      prose = !prose;
      spaced = true;
      at++;
      return;
    }
    Matcher digits = LETTER_DIGITS.matcher(text).region(at, text.length());
    if (digits.lookingAt()) {
      add(Kind.NAME, digits.group());
      at = digits.end();
    } else if (c == '\\') {
      command();
    } else if (Character.isDigit(c)
        || (c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1)))) {
      number();
    } else if (Character.isLetter(c) && c < 128) {
      letters();
    } else if (isOtherLetter(c)) {
      otherLetters();
    } else {
      sign(c);
    }
    spaced = false;
  }

  private void add(Kind kind, String token) {
    tokens.add(new Token(kind, token, spaced));
  }

  private void number() {
    Matcher grouped = GROUPED.matcher(text).region(at, text.length());
    Matcher parted = SPACED.matcher(text).region(at, text.length());
    Matcher plain = NUMBER.matcher(text).region(at, text.length());
    if (nested == 0 && grouped.lookingAt()) {
      add(Kind.NUMBER, grouped.group().replace(",", ""));
      at = grouped.end();
    } else if (parted.lookingAt()) {
      add(Kind.NUMBER, parted.group().replace(" ", ""));
      at = parted.end();
    } else if (plain.lookingAt()) {
      add(Kind.NUMBER, plain.group());
      at = plain.end();
    } else {
      throw new UndecidedException();
    }
  }

  private void letters() {
    Matcher match = LETTERS.matcher(text).region(at, text.length());
    match.lookingAt();
    String run = match.group();
    at = match.end();
    String lower = run.toLowerCase(Locale.ROOT);
    switch (lower) {
      case "and", "or" -> add(Kind.SIGN, ",");
      case "percent", "percentage", "pct" -> add(Kind.SIGN, "%");
      case "degrees", "degree" -> add(Kind.SIGN, "°");
      case "pi" -> add(Kind.NAME, Constants.PI);
      case "infinity", "inf" -> add(Kind.NAME, Constants.INFINITY);
      case "sqrt" -> add(Kind.COMMAND, "sqrt");
      case "asin", "acos", "atan" -> add(Kind.COMMAND, "arc" + lower.substring(1));
      default -> {
        if (Lexicon.FUNCTIONS.containsKey(run)) {
          add(Kind.COMMAND, run);
        } else if (Extremes.NAMES.contains(run)
            && !afterNumber()
            && ARGUMENTS.matcher(text).region(at, text.length()).lookingAt()) {
          add(Kind.NAME, run);
        } else if (Lexicon.isWord(run, startsWord(lower), prose)
            || (run.length() > 1 && afterNumber() && !Lexicon.unit(run).isEmpty())) {
          add(Kind.WORD, run);
        } else {
          names(run);
        }
      }
    }
  }

  /** A letter of a word in another language; Greek ones are variables, and some multiply. */
  private static boolean isOtherLetter(char c) {
    return c >= 128
        && Character.isLetter(c)
        && Character.getType(c) != Character.MODIFIER_LETTER
        && Character.UnicodeScript.of(c) != Character.UnicodeScript.GREEK
        && Character.UnicodeScript.of(c) != Character.UnicodeScript.COMMON
        && MULTIPLIERS.indexOf(c) < 0;
  }

  private void otherLetters() {
    int from = at;
    while (at < text.length() && isOtherLetter(text.charAt(at))) {
      at++;
    }
    add(Kind.WORD, text.substring(from, at));
  }

  /** Whether a word may start here: in LaTeX, letters at the beginning are variables. */
  private boolean startsWord(String lower) {
    return tokens.isEmpty() ? prose || Lexicon.MODIFIERS.contains(lower) : spaced;
  }

  private boolean afterNumber() {
    return !tokens.isEmpty() && tokens.getLast().isNumber();
  }

  private void names(String run) {
    for (int i = 0; i < run.length(); i++) {
      add(Kind.NAME, run.substring(i, i + 1));
      spaced = false;
    }
  }

  private void command() {
    Matcher match = COMMAND.matcher(text).region(at, text.length());
    if (!match.lookingAt()) {
      escaped();
      return;
    }
    String name = match.group(1);
    at = match.end();
    if (name.matches("q?quad[a-zA-Z]+")) {
      int end = name.indexOf("quad") + 4;
      names(name.substring(end));
    } else if (Lexicon.TEXT.contains(name)) {
      words(name);
    } else if (Lexicon.IGNORED.contains(name)) {
      ignored();
    } else if (Lexicon.SIGNS.containsKey(name)) {
      add(Kind.SIGN, Lexicon.SIGNS.getOrDefault(name, name));
      nest(tokens.getLast());
    } else if (name.matches("(?:[dtcs]|nice)frac")) {
      add(Kind.COMMAND, "frac");
    } else if (name.matches("[dt]?binom")) {
      add(Kind.COMMAND, "binom");
    } else if (Commands.KNOWN.contains(name) || Lexicon.FUNCTIONS.containsKey(name)) {
      add(Kind.COMMAND, name);
    } else {
      add(Kind.NAME, Lexicon.NAMES.getOrDefault(name, name.length() == 1 ? "\\" + name : name));
    }
  }

  /** Skips a command; a full stop after {@code \left} and {@code \right} belongs to it. */
  private void ignored() {
    if (at < text.length()
        && text.charAt(at) == '.'
        && (at + 1 == text.length() || !Character.isDigit(text.charAt(at + 1)))) {
      at++;
    }
    spaced = true;
  }

  private void escaped() {
    String next = at + 1 < text.length() ? text.substring(at + 1, at + 2) : "";
    at += 2;
    switch (next) {
      case "\\" -> add(Kind.SIGN, "\\\\");
      case "{", "}" -> {
        add(Kind.SIGN, "\\" + next);
        nest(tokens.getLast());
      }
      case "%" -> add(Kind.SIGN, "%");
      case "$" -> add(Kind.SIGN, "$");
      case "|" -> add(Kind.SIGN, "|");
      case "(" -> prose = false;
      case ")" -> prose = true;
      case "", "\"", "[", "]", ",", ";", ":", "!", " ", "&", "#", "_", "\n" -> spaced = true;
      default -> throw new UndecidedException();
    }
  }

  /** The content of braces after a command for text. */
  private void words(String command) {
    int open = at;
    while (open < text.length() && text.charAt(open) == ' ') {
      open++;
    }
    int close = Spelling.closingBrace(text, open);
    if (close < 0) {
      spaced = true;
      return;
    }
    String inside = text.substring(open + 1, close).replace("$", "");
    String content = inside.strip();
    boolean unit =
        inside.startsWith(" ")
            && !tokens.isEmpty()
            && tokens.getLast().isSign("}")
            && !Lexicon.unit(content).isEmpty();
    at = close + 1;
    if (content.isEmpty()) {
      spaced = true;
      return;
    }
    if (content.indexOf('?') >= 0) {
      throw new UndecidedException();
    }
    boolean choice = content.matches("\\([A-Za-z]\\)");
    String bare = choice ? content.substring(1, 2) : content;
    if (command.equals("mathbb") && bare.equals("R")) {
      add(Kind.NAME, RealLine.NAME);
    } else if (bare.length() == 1
        && Character.isLetter(bare.charAt(0))
        && !afterNumber()
        && !unit) {
      add(Kind.NAME, bare);
    } else if (Lexicon.FUNCTIONS.containsKey(bare)) {
      add(Kind.COMMAND, bare);
    } else if (Extremes.NAMES.contains(bare)
        && ARGUMENTS.matcher(text).region(at, text.length()).lookingAt()) {
      add(Kind.NAME, bare);
    } else if (bare.matches("[+-]?\\.?\\d[^$]*")) {
      tokens.addAll(tokens(bare, true));
    } else {
      boolean joint = bare.matches("(?i)(?:.*[ ,])?(?:and|or)");
      boolean percent = bare.matches("(?i)%|\\\\%|percent(age)?|pct");
      add(percent || joint ? Kind.SIGN : Kind.WORD, percent ? "%" : joint ? "," : bare);
    }
  }

  private void nest(Token token) {
    if (token.kind() == Kind.SIGN && !token.isSign("{") && !token.isSign("}")) {
      nested += token.opens() ? 1 : token.closes() ? -1 : 0;
    }
  }

  private void sign(char c) {
    Matcher operator = OPERATOR.matcher(text).region(at, text.length());
    if (operator.lookingAt()) {
      at = operator.end();
      String both = operator.group();
      add(Kind.SIGN, both.equals("==") ? "=" : both.equals("**") ? "^" : both);
      return;
    }
    at++;
    switch (c) {
      case '+',
          '-',
          '*',
          '/',
          '^',
          '_',
          '(',
          ')',
          '[',
          ']',
          '{',
          '}',
          '|',
          ',',
          ';',
          ':',
          '=',
          '<',
          '>',
          '!',
          '\'',
          '&',
          '%',
          '°' -> {
        add(Kind.SIGN, String.valueOf(c));
        nest(tokens.getLast());
      }
      case '€', '£', '¥', '₹' -> add(Kind.SIGN, String.valueOf(c));
      case '.' -> {
        if (at < text.length() && text.charAt(at) == '.') {
          throw new UndecidedException();
        }
        spaced = true;
      }
      case '"', '`' -> spaced = true;
      default -> throw new UndecidedException();
    }
  }
}
