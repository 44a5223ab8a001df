package io.tailwalk.verifiers.answer;

/**
 * A part of a written answer.
 *
 * @param text a number, a name, a command without its backslash, words, or a sign
 * @param spaced whether whitespace is before it
 */
record Token(Kind kind, String text, boolean spaced) {
  enum Kind {
    NUMBER,
    NAME,
    COMMAND,
    WORD,
    SIGN
  }

  static Token sign(String text) {
    return new Token(Kind.SIGN, text, false);
  }

  boolean isSign(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isCommand(String command) {
    return kind == Kind.COMMAND && text.equals(command);
  }

  boolean isNumber() {
    return kind == Kind.NUMBER;
  }

  boolean opens() {
    return (kind == Kind.SIGN
            && (text.equals("(") || text.equals("[") || text.equals("{") || text.equals("\\{")))
        || isCommand("begin");
  }

  boolean closes() {
    return (kind == Kind.SIGN
            && (text.equals(")") || text.equals("]") || text.equals("}") || text.equals("\\}")))
        || isCommand("end");
  }
}
