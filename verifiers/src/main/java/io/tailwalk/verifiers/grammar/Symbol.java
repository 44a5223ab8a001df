package io.tailwalk.verifiers.grammar;

/** What the right side of a rule is made of. */
sealed interface Symbol {

  /** One character out of a set. */
  record Terminal(CodePoints set) implements Symbol {}

  /** Whatever a rule derives. */
  record Rule(int id) implements Symbol {}
}
