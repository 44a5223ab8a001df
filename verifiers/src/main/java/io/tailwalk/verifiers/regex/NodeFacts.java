package io.tailwalk.verifiers.regex;

import io.tailwalk.verifiers.regex.TermFacts.Facts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What is known about the ways from each node of a program, found when the node is made from the
 * node that it leads to.
 *
 * <p>Nodes of one shape differ at most in the copies that counted repetitions around them have
 * left. A node with more left matches all that one with fewer matches, so that {@code
 * (a{0,1000}){0,1000}} is followed with two positions instead of a million.
 */
final class NodeFacts {
  private static final int INITIAL = 64;

  /** Whether shapes are needed. */
  private final boolean counts;

  private int[] shortest = new int[INITIAL];
  private boolean[] free = new boolean[INITIAL];
  private long[] behinds = new long[INITIAL];
  private int[] shapes = new int[INITIAL];

  /** The first repetition on the way whose copies may be left out, the node itself included. */
  private int[] counters = new int[INITIAL];

  /** For such a repetition, the copies that were made. */
  private int[] copies = new int[INITIAL];

  /** For such a repetition, the first one behind it. */
  private int[] outer = new int[INITIAL];

  private final Map<Long, Integer> shapeNumbers = new HashMap<>();

  NodeFacts(boolean counts) {
    this.counts = counts;
  }

  /**
   * The fewest characters from here to the end of the automaton that the node belongs to, if all
   * look-around passed; {@link #isStuck} without a way.
   */
  int shortest(int node) {
    return shortest[node];
  }

  /** Whether no way leads from here to the end of the node's automaton. */
  boolean isStuck(int node) {
    return shortest[node] >= TermFacts.NONE;
  }

  /** Whether a way without look-around leads from here to the end of the text. */
  boolean isFree(int node) {
    return free[node];
  }

  /** The look-behinds that the ways from here may ask for, one bit each. */
  long behinds(int node) {
    return behinds[node];
  }

  /** Whether nodes can include one another. */
  boolean counts() {
    return counts;
  }

  /** The nodes that can include one another have the same shape. */
  int shape(int node) {
    return shapes[node];
  }

  /** Whether a node is the only one of its shape. */
  boolean isAlone(int node) {
    return counters[node] == 0;
  }

  /** Whether the ways from a node include those from another one of the same shape. */
  boolean includes(int node, int other) {
    int mine = counters[node];
    int its = counters[other];
    while (mine != its) {
      if (copies[mine] > copies[its]) {
        return false;
      }
      mine = outer[mine];
      its = outer[its];
    }
    return true;
  }

  /** A node at the end of an automaton. */
  void end(int node, boolean accepts) {
    set(node, 0, accepts, 0);
    shapes[node] = counts ? shape(-1, node) : 0;
  }

  /** The node of a term with one node. */
  void before(int node, Facts term, int next) {
    set(
        node,
        Math.min(TermFacts.NONE, term.least() + shortest[next]),
        term.passable() && free[next],
        term.behinds() | behinds[next]);
    shape(node, 2 * term.id(), next);
  }

  /** A choice of two nodes that lead to a third one. */
  void either(int node, int a, int b, int id, int next) {
    set(node, Math.min(shortest[a], shortest[b]), free[a] || free[b], behinds[a] | behinds[b]);
    shape(node, 2 * id, next);
  }

  /** A choice of a term, which leads to the node again, and of a node. */
  void loop(int node, int id, Facts term, int next) {
    set(node, shortest[next], free[next], behinds[next] | term.behinds());
    shape(node, 2 * id, next);
  }

  /** A counted repetition after some copies, of which some are missing. */
  void repeat(int node, int id, int made, int missing, Facts term, int next) {
    set(
        node,
        Math.min(TermFacts.NONE, shortest[next] + TermFacts.times(term.least(), missing)),
        free[next] && (missing == 0 || term.passable()),
        behinds[next] | term.behinds());
    shape(node, 2 * id + 1, next);
    if (counts && missing == 0) {
      outer[node] = counters[node];
      counters[node] = node;
      copies[node] = made;
    } else if (counts) {
      shapes[node] = shape(-2 - made, shapes[node]);
    }
  }

  private void set(int node, int least, boolean isFree, long asked) {
    if (node == shortest.length) {
      shortest = Arrays.copyOf(shortest, 2 * node);
      free = Arrays.copyOf(free, 2 * node);
      behinds = Arrays.copyOf(behinds, 2 * node);
      shapes = Arrays.copyOf(shapes, 2 * node);
      counters = Arrays.copyOf(counters, 2 * node);
      copies = Arrays.copyOf(copies, 2 * node);
      outer = Arrays.copyOf(outer, 2 * node);
    }
    shortest[node] = least;
    free[node] = isFree;
    behinds[node] = asked;
  }

  private void shape(int node, int id, int next) {
    if (counts) {
      shapes[node] = shape(id, shapes[next]);
      counters[node] = counters[next];
    }
  }

  private int shape(int id, int next) {
    long key = (long) id << Integer.SIZE | next;
    Integer known = shapeNumbers.get(key);
    if (known == null) {
      known = shapeNumbers.size() + 1;
      shapeNumbers.put(key, known);
    }
    return known;
  }
}
