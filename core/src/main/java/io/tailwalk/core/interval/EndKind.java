package io.tailwalk.core.interval;

/** How one end of an interval is known, from the strongest kind to none. */
public enum EndKind {
  /** The end always holds, because of the outcomes seen and the verifier's bound. */
  CERTAIN("certain"),

  /**
   * The end holds with at least the stated probability at the given sample size, whatever the
   * distribution, under conditions that the program itself ensures: bounded rewards, independent
   * draws.
   */
  GUARANTEED("guaranteed"),

  /** The end holds with about the stated probability as samples grow; its coverage is measured. */
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
