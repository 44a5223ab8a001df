package io.tailwalk.verifiers.answer;

import java.util.List;

/** An answer as it is understood. */
sealed interface Answer {

  /**
   * A value with what follows it.
   *
   * @param unit the unit in one spelling; {@code ?} if words are not known as a unit
   */
  record Quantity(Expr value, String unit, boolean percent) implements Answer {}

  /** Several answers. */
  record Listing(Shape shape, List<Answer> items) implements Answer {}

  /** How a listing is written. */
  enum Shape {
    /** Without brackets; the order does not matter. */
    LIST,
    /** In parentheses; the order matters. */
    TUPLE,
    /** In braces; order and repetition do not matter. */
    SET
  }

  /** An interval of the real line. */
  record Interval(Expr low, boolean lowIn, Expr high, boolean highIn) implements Answer {}

  /** A union of sets. */
  record Union(List<Answer> sets) implements Answer {}

  /**
   * A value with a name: {@code x = 5}, {@code (p, q) = (3, 2)}, {@code x \in [0, 1)}.
   *
   * @param value the value, with one name for the variable of a function
   * @param alone the value as it is written
   */
  record Named(String name, Expr left, Answer value, Answer alone) implements Answer {}

  /**
   * Expressions joined by relations.
   *
   * @param signs {@code =}, {@code !=}, {@code <}, ..., one less than sides
   */
  record Relation(List<Expr> sides, List<String> signs) implements Answer {}

  /** A ratio or a time: {@code 3:45}. */
  record Ratio(List<Expr> parts, boolean clock, String unit) implements Answer {}

  /** Anything else; only the same words equal it. */
  record Words(String text) implements Answer {}
}
