package io.tailwalk.chat.jinja;

import java.io.Serial;

/** A template cannot be read or rendered; the message is a clause that says why. */
public final class TemplateFault extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int line;

  /** With a clause that says why. */
  public TemplateFault(String message) {
    this(message, 0);
  }

  /**
   * With a clause that says why and the line.
   *
   * @param line line of the template, from 1; 0 if unknown
   */
  public TemplateFault(String message, int line) {
    super(message);
    this.line = line;
  }

  /** The same fault with its line, unless it has one. */
  TemplateFault at(int place) {
    if (line > 0) {
      return this;
    }
    var located = new TemplateFault(reason(), place);
    located.addSuppressed(this);
    return located;
  }

  /** The clause and the line. */
  public String clause() {
    return line > 0 ? reason() + " (line " + line + ")" : reason();
  }

  private String reason() {
    return String.valueOf(getMessage());
  }
}
