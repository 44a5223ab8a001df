package io.tailwalk.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Known names that are close to a mistyped name. */
public final class Nearest {
  private static final int SHOWN = 3;

  /** One slip is allowed for this many characters, and at least one in total. */
  private static final int CHARACTERS_A_SLIP = 4;

  /** Shorter names give no useful suggestion. */
  private static final int LEAST = 3;

  private Nearest() {}

  /** The names with the fewest typing slips, otherwise the names that start with the given text. */
  public static List<String> to(String given, Collection<String> known) {
    if (given.length() < LEAST) {
      return List.of();
    }
    List<String> near = new ArrayList<>();
    int least = Math.max(1, given.length() / CHARACTERS_A_SLIP);
    for (String name : known) {
      int slips = slips(given.toLowerCase(Locale.ROOT), name);
      if (slips < least) {
        near.clear();
        least = slips;
      }
      if (slips == least) {
        near.add(name);
      }
    }
    if (near.isEmpty()) {
      known.stream().filter(name -> name.startsWith(given)).forEach(near::add);
    }
    return near.stream().sorted().limit(SHOWN).toList();
  }

  /** Number of characters that are inserted, deleted, replaced or swapped with a neighbour. */
  private static int slips(String a, String b) {
    int[][] slips = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        slips[i][j] = i == 0 || j == 0 ? i + j : slips(a, b, slips, i, j);
      }
    }
    return slips[a.length()][b.length()];
  }

  private static int slips(String a, String b, int[][] slips, int i, int j) {
    int changed = slips[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(changed, 1 + Math.min(slips[i - 1][j], slips[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, slips[i - 2][j - 2] + 1) : least;
  }
}
