package io.tailwalk.verifiers.answer;

import java.util.Set;

/** Names with a meaning of their own. */
final class Constants {
  static final String PI = "pi";
  static final String E = "e";
  static final String I = "i";
  static final String INFINITY = "infinity";

  /** Names that are not variables. */
  static final Set<String> NAMES = Set.of(PI, E, I, INFINITY);

  /** Functions that have a numeric value. */
  static final Set<String> FUNCTIONS =
      Set.of(
          "sin",
          "cos",
          "tan",
          "cot",
          "sec",
          "csc",
          "arcsin",
          "arccos",
          "arctan",
          "sinh",
          "cosh",
          "tanh",
          "ln",
          "abs",
          "floor",
          "ceil",
          "factorial",
          "binomial",
          "degrees",
          "pm");

  private Constants() {}
}
