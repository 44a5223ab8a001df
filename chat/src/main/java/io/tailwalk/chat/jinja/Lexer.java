package io.tailwalk.chat.jinja;

import io.tailwalk.chat.ChatText;
import io.tailwalk.chat.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a template into text and tags, with Jinja's {@code trim_blocks} and {@code lstrip_blocks}
 * as Hugging Face's libraries set them: the first newline behind a statement or comment is removed,
 * and blanks between the beginning of a line and a statement or comment.
 */
final class Lexer {
  private static final Pattern TAG = Pattern.compile("\\{[%{#]");
  private static final Pattern RAW_BEGIN = pattern("\\{%[-+]?\\s*raw\\s*(?:-%\\}\\s*|%\\})");
  private static final Pattern RAW_END =
      pattern("\\{%([-+]?)\\s*endraw\\s*(?:\\+%\\}|-%\\}\\s*|%\\}\\n?)");
  private static final Pattern COMMENT_END = pattern("\\+#\\}|-#\\}\\s*|#\\}\\n?");
  private static final Pattern NEWLINE = Pattern.compile("\r\n|\r");

  private static Pattern pattern(String form) {
    return Pattern.compile(form, Pattern.UNICODE_CHARACTER_CLASS);
  }

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int place;
  private int line = 1;
  private boolean atLineStart = true;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String template) {
    String source = NEWLINE.matcher(template).replaceAll("\n");
    var lexer =
        new Lexer(source.endsWith("\n") ? source.substring(0, source.length() - 1) : source);
    lexer.run();
    return List.copyOf(lexer.tokens);
  }

  private void run() {
    Matcher tag = TAG.matcher(source);
    while (place < source.length()) {
      if (!tag.find(place)) {
        data(source.substring(place));
        advance(source.length());
        break;
      }
      int start = tag.start();
      char kind = source.charAt(start + 1);
      char sign = start + 2 < source.length() ? source.charAt(start + 2) : ' ';
      data(before(start, sign, kind != '{'));
      advance(start);
      boolean signed = sign == '-' || (sign == '+' && kind != '{');
      switch (kind) {
        case '#' -> comment();
        case '%' -> block(signed);
        default -> tag(Kind.PRINT_BEGIN, Kind.PRINT_END, "}}", signed);
      }
    }
    add(Kind.END, "");
  }

  /** The text before a tag. */
  private String before(int start, char sign, boolean strippable) {
    String text = source.substring(place, start);
    if (sign == '-') {
      return Strings.strip(ChatText.ofTemplate(text), Optional.empty(), false, true).text();
    }
    if (sign != '+' && strippable) {
      int from = text.lastIndexOf('\n') + 1;
      if ((from > 0 || atLineStart) && Strings.isBlank(text.substring(from))) {
        return text.substring(0, from);
      }
    }
    return text;
  }

  private void data(String text) {
    if (!text.isEmpty()) {
      add(Kind.DATA, text);
    }
  }

  private void comment() {
    Matcher end = COMMENT_END.matcher(source);
    if (!end.find(place + 2)) {
      throw new TemplateFault("a comment has no end", line);
    }
    advance(end.end());
  }

  private void block(boolean signed) {
    Matcher raw = RAW_BEGIN.matcher(source).region(place, source.length());
    if (!raw.lookingAt()) {
      tag(Kind.BLOCK_BEGIN, Kind.BLOCK_END, "%}", signed);
      return;
    }
    int from = raw.end();
    Matcher end = RAW_END.matcher(source);
    if (!end.find(from)) {
      throw new TemplateFault("raw has no endraw", line);
    }
    advance(from);
    char sign = end.group(1).isEmpty() ? ' ' : end.group(1).charAt(0);
    data(before(end.start(), sign, true));
    advance(end.end());
  }

  /** A tag: its beginning, the tokens inside, its end. */
  private void tag(Kind begin, Kind end, String closing, boolean signed) {
    add(begin, source.substring(place, place + 2));
    advance(place + (signed ? 3 : 2));
    var inside = new TagLexer(source, closing);
    int next = inside.read(place, line, tokens);
    advance(inside.end());
    add(end, closing);
    advance(end == Kind.BLOCK_END ? behindBlock(next, inside.sign()) : behindPrint(next, inside));
  }

  private int behindBlock(int end, char sign) {
    if (sign == '-') {
      return blanks(end);
    }
    boolean newline = sign != '+' && end < source.length() && source.charAt(end) == '\n';
    return newline ? end + 1 : end;
  }

  private int behindPrint(int end, TagLexer inside) {
    return inside.sign() == '-' ? blanks(end) : end;
  }

  private int blanks(int from) {
    int to = from;
    while (to < source.length() && Strings.isSpace(source.charAt(to))) {
      to++;
    }
    return to;
  }

  private void add(Kind kind, String text) {
    tokens.add(new Token(kind, text, line));
  }

  private void advance(int to) {
    for (int i = place; i < to; i++) {
      if (source.charAt(i) == '\n') {
        line++;
      }
    }
    if (to > place) {
      atLineStart = source.charAt(to - 1) == '\n';
    }
    place = to;
  }
}
