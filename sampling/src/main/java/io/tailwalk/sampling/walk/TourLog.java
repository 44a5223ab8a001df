package io.tailwalk.sampling.walk;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Records of finished tours: for each, the copy of the tree, {@code log S(root)} in force, and its
 * number of leaf visits. For every leaf, {@code E[visits in a tour] = pi(l) tau(l) / S(root)}, so
 * {@code S(root) * visits} has mean {@code Z}.
 */
public final class TourLog {
  private int size;
  private int[] number = new int[64];
  private int[] copy = new int[64];
  private double[] logRootOut = new double[64];
  private int[] visits = new int[64];
  private long leafVisits;
  private long unfinished;
  private double unfinishedValue;
  private int firstUnfinished = Integer.MAX_VALUE;

  void add(int begunAs, int treeCopy, double logOut, int leafVisitCount) {
    if (size == copy.length) {
      number = Arrays.copyOf(number, size * 2);
      copy = Arrays.copyOf(copy, size * 2);
      logRootOut = Arrays.copyOf(logRootOut, size * 2);
      visits = Arrays.copyOf(visits, size * 2);
    }
    number[size] = begunAs;
    copy[size] = treeCopy;
    logRootOut[size] = logOut;
    visits[size++] = leafVisitCount;
    leafVisits += leafVisitCount;
  }

  void addUnfinished(int begunAs, double logOut, int leafVisitCount) {
    unfinished++;
    unfinishedValue += value(logOut, leafVisitCount);
    firstUnfinished = Math.min(firstUnfinished, begunAs);
  }

  /** An empty log. */
  public TourLog() {}

  /** Finished tours. */
  public int size() {
    return size;
  }

  /**
   * The tours that began before the first unfinished one, in the order in which they began. Tours
   * are logged as they end, and short ones end first: short tours are over-represented among those
   * that have ended, or ended within the budget. A tour's moves do not depend on earlier tours, so
   * a sequence in this order, of any length, consists of independent tours.
   */
  public int[] inOrderOfBeginning() {
    return IntStream.range(0, size)
        .filter(tour -> number[tour] < firstUnfinished)
        .boxed()
        .sorted(Comparator.comparingInt(tour -> number[tour]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** {@code S(root) * visits} so far, summed over the tours cut short. */
  public double unfinishedValue() {
    return unfinishedValue;
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

  /** {@code S(root) * visits} of a tour, whose mean is {@code Z}. */
  public double value(int tour) {
    return value(logRootOut[tour], visits[tour]);
  }

  /** Leaf visits of all tours. */
  public long leafVisits() {
    return leafVisits;
  }

  /** Tours that a hard limit cut short; leaving them out biases the estimates. */
  public long unfinished() {
    return unfinished;
  }

  private static double value(double logOut, int leafVisitCount) {
    return leafVisitCount == 0 ? 0 : Math.exp(logOut) * leafVisitCount;
  }
}
