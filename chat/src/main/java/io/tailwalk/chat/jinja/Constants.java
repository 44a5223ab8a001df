package io.tailwalk.chat.jinja;

/** The values that exist once. */
public final class Constants {
  /** Python's {@code None}. */
  public static final Value NONE = new Value.None();

  /** {@code True}. */
  public static final Value TRUE = new Value.Bool(true);

  /** {@code False}. */
  public static final Value FALSE = new Value.Bool(false);

  private Constants() {}
}
