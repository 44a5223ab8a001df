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

  Frame(int id, List<Symbol> side, int dot, @Nullable Frame below) {
    this.id = id;
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
