package io.tailwalk.core.interval;

/** How one end of an interval is known, from the strongest kind to none. */
public enum EndKind {
  /** It holds always: what was seen and the verifier's bound leave nothing beyond it. */
  CERTAIN("certain"),

  /**
   * It holds with at least the stated probability at the size at hand, whatever the distribution,
   * under conditions that the program itself ensures: bounded rewards, independent draws.
   */
  GUARANTEED("guaranteed"),

  /** It holds with about the stated probability as samples grow; its coverage is measured. */
  ASYMPTOTIC("asymptotic"),

  /** Nothing is known on this side: the end is infinite, or the end of the range. */
  OPEN("open");

  private final String wireName;

  EndKind(String wireName) {
    this.wireName = wireName;
  }

  /** The name used in files and on pages. */
  public String wireName() {
    return wireName;
  }
}
