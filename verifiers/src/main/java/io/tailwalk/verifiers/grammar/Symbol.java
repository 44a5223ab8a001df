package io.tailwalk.verifiers.grammar;

/** A symbol on the right-hand side of a rule. */
sealed interface Symbol {

  /** One character of a set. */
  record Terminal(CodePoints set) implements Symbol {}

  /** Any text that a rule derives. */
  record Rule(int id) implements Symbol {}
}
