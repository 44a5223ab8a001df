package io.tailwalk.chat.jinja;

/**
 * A piece of a template.
 *
 * @param kind what it is
 * @param text its characters; of a string literal the characters that it means
 * @param line its line, from 1
 */
record Token(Kind kind, String text, int line) {
  /** Kinds of tokens. */
  enum Kind {
    /** Text outside of tags. */
    DATA,
    /** Beginning of an expression to print. */
    PRINT_BEGIN,
    /** Its end. */
    PRINT_END,
    /** Beginning of a statement. */
    BLOCK_BEGIN,
    /** Its end. */
    BLOCK_END,
    /** A name or keyword. */
    NAME,
    /** A string literal. */
    STRING,
    /** An integer literal. */
    INTEGER,
    /** A floating-point literal. */
    REAL,
    /** An operator or bracket. */
    OPERATOR,
    /** End of the template. */
    END
  }

  boolean is(Kind other) {
    return kind == other;
  }

  /** Whether it is an operator of these characters. */
  boolean isOperator(String characters) {
    return kind == Kind.OPERATOR && text.equals(characters);
  }

  /** Whether it is this name. */
  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  /** The token in a message. */
  String shown() {
    return switch (kind) {
      case END -> "the end of the template";
      case DATA -> "text";
      case STRING -> "a string";
      default -> "'" + text + "'";
    };
  }
}
