package io.tailwalk.verifiers.regex;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A position between two characters.
 *
 * @param main what the rest of the text must fulfil
 * @param behinds the threads of each look-behind; empty if no thread can ask for it any more
 */
record Situation(Formula main, Formula[] behinds) {
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
        && main.equals(situation.main)
        && Arrays.equals(behinds, situation.behinds);
  }

  @Override
  public int hashCode() {
    return 31 * main.hashCode() + Arrays.hashCode(behinds);
  }
}
