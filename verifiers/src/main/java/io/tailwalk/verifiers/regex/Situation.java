package io.tailwalk.verifiers.regex;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A position between two characters. */
final class Situation {
  private final Formula main;
  private final Formula[] behinds;
  private final int hash;

  /**
   * A position.
   *
   * @param main what the rest of the text must fulfil
   * @param behinds the threads of each look-behind; empty if no thread can ask for it any more
   */
  Situation(Formula main, Formula[] behinds) {
    this.main = main;
    this.behinds = behinds;
    this.hash = 31 * main.hashCode() + Arrays.hashCode(behinds);
  }

  Formula main() {
    return main;
  }

  /** By number. Callers do not change them. */
  Formula[] behinds() {
    return behinds;
  }

  /** Memory in ints, roughly. */
  int weight() {
    int weight = main.weight();
    for (Formula behind : behinds) {
      weight += behind.weight();
    }
    return weight;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Situation situation
        && hash == situation.hash
        && main.equals(situation.main)
        && Arrays.equals(behinds, situation.behinds);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
