package io.tailwalk.convert.tokenizer;

/** Kinds of tokens, with llama.cpp's numbers. */
public enum TokenKind {
  /** Text. */
  NORMAL(1),
  /** Stands for what cannot be encoded. */
  UNKNOWN(2),
  /** Not text: recognised in prompts, empty in output. */
  CONTROL(3),
  /** Text that is found before the rest is split. */
  USER_DEFINED(4),
  /** An id without a token. */
  UNUSED(5),
  /** One byte. */
  BYTE(6);

  private final int number;

  TokenKind(int number) {
    this.number = number;
  }

  /** llama.cpp's number. */
  int number() {
    return number;
  }
}
