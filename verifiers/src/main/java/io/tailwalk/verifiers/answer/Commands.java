package io.tailwalk.verifiers.answer;

import java.util.Set;

/** Commands that the parser reads itself. */
final class Commands {
  static final Set<String> KNOWN =
      Set.of(
          "frac",
          "sqrt",
          "binom",
          "begin",
          "end",
          "overline",
          "sum",
          "prod",
          "int",
          "lim",
          "lfloor",
          "rfloor",
          "lceil",
          "rceil",
          "emptyset",
          "varnothing",
          "widehat",
          "hat",
          "vec",
          "underline",
          "pmod",
          "overrightarrow");

  private Commands() {}
}
