package io.tailwalk.sampling.walk;

import java.util.Arrays;

/**
 * What finished tours saw: for each, the copy of the tree, {@code log S(root)} in force, and its
 * number of leaf visits. For every leaf, {@code E[visits in a tour] = pi(l) tau(l) / S(root)}, so
 * {@code S(root) * visits} has mean {@code Z}.
 */
public final class TourLog {
  private int size;
  private int[] copy = new int[64];
  private double[] logRootOut = new double[64];
  private int[] visits = new int[64];
  private long leafVisits;
  private long unfinished;
  private long unfinishedVisits;

  void add(int treeCopy, double logOut, int leafVisitCount) {
    if (size == copy.length) {
      copy = Arrays.copyOf(copy, size * 2);
      logRootOut = Arrays.copyOf(logRootOut, size * 2);
      visits = Arrays.copyOf(visits, size * 2);
    }
    copy[size] = treeCopy;
    logRootOut[size] = logOut;
    visits[size++] = leafVisitCount;
    leafVisits += leafVisitCount;
  }

  void addUnfinished(int leafVisitCount) {
    unfinished++;
    unfinishedVisits += leafVisitCount;
  }

  /** Finished tours. */
  public int size() {
    return size;
  }

  /** The copy of the tree a tour walked on. */
  public int copy(int tour) {
    return copy[tour];
  }

  /** {@code log S(root)} in force during a tour. */
  public double logRootOut(int tour) {
    return logRootOut[tour];
  }

  /** Leaf visits of a tour. */
  public int visits(int tour) {
    return visits[tour];
  }

  /** Leaf visits of all tours. */
  public long leafVisits() {
    return leafVisits;
  }

  /** Tours that a hard limit cut short; leaving them out biases the estimates. */
  public long unfinished() {
    return unfinished;
  }

  /** Leaf visits that the tours cut short had made. */
  public long unfinishedVisits() {
    return unfinishedVisits;
  }
}
