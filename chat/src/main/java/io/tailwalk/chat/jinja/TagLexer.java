package io.tailwalk.chat.jinja;

import io.tailwalk.chat.jinja.Token.Kind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits the inside of one tag into names, literals and operators, up to the tag's end. */
final class TagLexer {
  private static final Pattern PIECE =
      Pattern.compile(
          "(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)"
              + "|(?<real>\\d[\\d_]*(?:\\.\\d[\\d_]*(?:[eE][-+]?\\d+)?|[eE][-+]?\\d+))"
              + "|(?<integer>\\d[\\d_]*)"
              + "|(?<operator>//|\\*\\*|==|!=|>=|<=|[-+*/%~\\[\\](){}<>=.,:|;])");

  private final String source;
  private final String closing;
  private int end;
  private char sign = ' ';

  /**
   * A lexer for a tag.
   *
   * @param closing what ends the tag
   */
  TagLexer(String source, String closing) {
    this.source = source;
    this.closing = closing;
  }

  /** Where the closing characters begin, with their sign. */
  int end() {
    return end;
  }

  /** The sign before the closing characters; a blank for none. */
  char sign() {
    return sign;
  }

  /** Reads from a place and returns the place behind the closing characters. */
  int read(int from, int firstLine, List<Token> tokens) {
    Matcher piece = PIECE.matcher(source);
    int place = from;
    int line = firstLine;
    int open = 0;
    while (place < source.length()) {
      char c = source.charAt(place);
      if (Strings.isSpace(c)) {
        line += c == '\n' ? 1 : 0;
        place++;
      } else if (open == 0 && isEnd(place)) {
        end = place;
        return place + closing.length() + (sign == ' ' ? 0 : 1);
      } else if (c == '"' || c == '\'') {
        int behind = StringLiteral.end(source, place, line);
        String text = source.substring(place + 1, behind - 1);
        tokens.add(new Token(Kind.STRING, StringLiteral.meaning(text, line), line));
        line += (int) text.chars().filter(unit -> unit == '\n').count();
        place = behind;
      } else {
        piece.region(place, source.length());
        if (!piece.lookingAt()) {
          throw new TemplateFault("it has the character '" + c + "' where none is expected", line);
        }
        Token token = token(piece, line);
        if (token.is(Kind.OPERATOR)) {
          open += "([{".contains(token.text()) ? 1 : ")]}".contains(token.text()) ? -1 : 0;
        }
        if (open < 0) {
          throw new TemplateFault("a bracket is closed that is not open", line);
        }
        tokens.add(token);
        place = piece.end();
      }
    }
    throw new TemplateFault("a tag has no end", firstLine);
  }

  private boolean isEnd(int place) {
    if (source.startsWith(closing, place)) {
      return true;
    }
    char c = source.charAt(place);
    boolean signed = c == '-' || (c == '+' && closing.equals("%}"));
    if (signed && source.startsWith(closing, place + 1)) {
      sign = c;
      return true;
    }
    return false;
  }

  private static Token token(Matcher piece, int line) {
    for (Kind kind : new Kind[] {Kind.NAME, Kind.REAL, Kind.INTEGER}) {
      String text = piece.group(kind.name().toLowerCase(java.util.Locale.ROOT));
      if (text != null) {
        return new Token(kind, kind == Kind.NAME ? text : text.replace("_", ""), line);
      }
    }
    return new Token(Kind.OPERATOR, piece.group(), line);
  }
}
