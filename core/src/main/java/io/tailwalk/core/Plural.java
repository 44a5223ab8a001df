package io.tailwalk.core;

import java.util.Locale;

/** Counts with their nouns: 1 lineage, 2 lineages. */
public final class Plural {
  private Plural() {}

  /** A count of things whose plural ends in {@code s}; with thousands separators. */
  public static String of(long count, String one) {
    return of(count, one, one + "s");
  }

  /** A count of things with an irregular plural. */
  public static String of(long count, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", count, noun(count, one, many));
  }

  /** The noun alone, for a count printed elsewhere. */
  public static String noun(long count, String one) {
    return noun(count, one, one + "s");
  }

  private static String noun(long count, String one, String many) {
    return count == 1 ? one : many;
  }
}
