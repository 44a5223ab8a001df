package io.tailwalk.verifiers.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A position in a right-hand side and the continuation after it: a stack, top first. Equal stacks
 * are one object, see {@link GrammarAutomaton}.
 */
final class Frame {
  /** The terminal on top allows no character from U+0080. */
  static final int NONE = 0;

  /** It allows some. */
  static final int SOME = 1;

  private static final int ALL = 2;

  final int id;
  final List<Symbol> side;
  final int dot;
  final @Nullable Frame below;

  private final long low;
  private final long high;
  private final int wide;

  /** Frames of one shape differ at most in the copies of repetitions. */
  final int shape;

  /** The first frame from here down within a counted repetition. */
  private final @Nullable Frame counter;

  private final int level;

  /**
   * A stack.
   *
   * @param copy the copy of a repetition that the side is for
   */
  Frame(
      int id,
      List<Symbol> side,
      int dot,
      @Nullable Frame below,
      int shape,
      Grammar.@Nullable Copy copy) {
    this.id = id;
    this.shape = shape;
    this.level = copy == null ? 0 : copy.level();
    this.counter = copy != null ? this : below == null ? null : below.counter;
    this.side = side;
    this.dot = dot;
    this.below = below;
    CodePoints set =
        dot < side.size() && side.get(dot) instanceof Symbol.Terminal(CodePoints those)
            ? those
            : CodePoints.of(List.of());
    long below64 = 0;
    long from64 = 0;
    for (int c = 0; c < 64; c++) {
      below64 |= set.meets(c, c) ? 1L << c : 0;
      from64 |= set.meets(c + 64, c + 64) ? 1L << c : 0;
    }
    this.low = below64;
    this.high = from64;
    this.wide =
        !set.meets(0x80, Character.MAX_CODE_POINT)
            ? NONE
            : set.complement().meets(0x80, Character.MAX_CODE_POINT) ? SOME : ALL;
  }

  /** Whether no other frame has its shape. */
  boolean isAlone() {
    return counter == null;
  }

  /** Whether the texts of this stack include those of another one of the same shape. */
  boolean includes(Frame other) {
    Frame mine = counter;
    Frame its = other.counter;
    while (mine != its && mine != null && its != null) {
      if (mine.level > its.level) {
        return false;
      }
      mine = mine.outer();
      its = its.outer();
    }
    return true;
  }

  private @Nullable Frame outer() {
    return below == null ? null : below.counter;
  }

  /** Whether the terminal on top allows an ASCII character. */
  boolean allows(int c) {
    return ((c < 64 ? low : high) >>> c & 1) != 0;
  }

  /** Whether it allows no, some, or all characters from U+0080. */
  int wide() {
    return wide;
  }

  /** The symbol that comes next. */
  Symbol next() {
    return side.get(dot);
  }

  boolean isLast() {
    return dot + 1 == side.size();
  }
}
