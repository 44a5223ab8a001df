package io.tailwalk.verifiers.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A position in a right-hand side and the continuation after it: a stack, top first. Equal stacks
 * are one object, see {@link GrammarAutomaton}.
 */
final class Frame {
  final int id;
  final List<Symbol> side;
  final int dot;
  final @Nullable Frame below;

  Frame(int id, List<Symbol> side, int dot, @Nullable Frame below) {
    this.id = id;
    this.side = side;
    this.dot = dot;
    this.below = below;
  }

  /** The symbol that comes next. */
  Symbol next() {
    return side.get(dot);
  }

  boolean isLast() {
    return dot + 1 == side.size();
  }
}
