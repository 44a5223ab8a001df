package io.tailwalk.sampling;

/** Keys that separate the random streams of a run. */
public final class Purpose {
  /** Draws of sampled children. */
  public static final long TREE = 1;

  /** Moves of walks, particles and candidates. */
  public static final long MOVES = 2;

  /** The choice of the completions that are returned. */
  public static final long DRAWS = 3;

  /** Pilot runs. */
  public static final long PILOT = 4;

  /** Responses drawn from a prefix to estimate its mean reward. */
  public static final long LOOKAHEAD = 5;

  private Purpose() {}
}
