package io.tailwalk.verifiers.regex;

import java.util.HashSet;
import java.util.Set;

/**
 * Looks for texts under which look-ahead has too many readings, before any text is read: the search
 * follows the characters that leave most threads, so that a pattern whose readings multiply is
 * refused at once.
 */
final class Readings {
  /** Readings that double with each character exceed the bound long before. */
  private static final int MAX_LENGTH = 48;

  private Readings() {}

  /**
   * Follows a text of many readings.
   *
   * @throws io.tailwalk.core.verify.VerifierException in one sentence if they are too many
   */
  static void check(Situation initial, Derivation derivation, Classes classes) {
    Set<Situation> seen = new HashSet<>();
    Situation now = initial;
    while (seen.add(now) && seen.size() <= MAX_LENGTH) {
      Situation most = now;
      int readings = -1;
      for (int c = 0; c < classes.count(); c++) {
        Situation next = derivation.after(now, c);
        Formula main = next.main();
        if (!main.isEmpty() && main.guarded().length > readings && !seen.contains(next)) {
          most = next;
          readings = main.guarded().length;
        }
      }
      now = most;
    }
  }
}
