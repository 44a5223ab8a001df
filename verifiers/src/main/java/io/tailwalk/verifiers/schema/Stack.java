package io.tailwalk.verifiers.schema;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open arrays and objects around a place of a text. There is one stack for a text: JSON's
 * brackets say what is open, and only what the schema asks of it branches. Each level has strands,
 * the readings of its container, and each strand needs the value inside to meet some goals. The
 * number of strands is bounded by the size of the schema, whatever the text (as in the
 * determinisation of visibly pushdown automata: R. Alur and P. Madhusudan, Visibly pushdown
 * languages, STOC 2004).
 *
 * <p>Equal parents are one object, so that comparison ends after one level.
 */
sealed interface Stack {

  /**
   * A reading of an array or object.
   *
   * @param goal which goal of the place around it the reading serves
   * @param array the array's shape, if it is one
   * @param object the object's shape, if it is one
   * @param found for each {@code contains} how many items may have met it, up to its minimum
   */
  record Strand(
      int goal, @Nullable ArrayShape array, @Nullable ObjectShape object, List<Integer> found) {

    @Override
    @SuppressWarnings("ReferenceEquality") // identity is meant, see above
    public boolean equals(@Nullable Object other) {
      return other instanceof Strand that
          && that.goal == goal
          && that.array == array
          && that.object == object
          && that.found.equals(found);
    }

    @Override
    public int hashCode() {
      Object shape = array == null ? object : array;
      return 31 * (31 * goal + System.identityHashCode(shape)) + found.hashCode();
    }
  }

  /** An open array or object. */
  final class Container implements Stack {
    private final Slot slot;
    private final boolean isObject;
    private final List<Strand> strands;
    private final int count;
    private final List<String> seen;
    private final int depth;
    private final int hash;

    /**
     * A container.
     *
     * @param slot where it is
     * @param isObject whether it is an object
     * @param strands its readings
     * @param count items or members so far
     * @param seen names of members so far that a reading has something to say about, sorted
     * @param depth how many containers are open
     */
    Container(
        Slot slot,
        boolean isObject,
        List<Strand> strands,
        int count,
        List<String> seen,
        int depth) {
      this.slot = slot;
      this.isObject = isObject;
      this.strands = strands;
      this.count = count;
      this.seen = seen;
      this.depth = depth;
      this.hash =
          31 * (31 * System.identityHashCode(slot) + strands.hashCode()) + count + seen.hashCode();
    }

    Slot slot() {
      return slot;
    }

    boolean isObject() {
      return isObject;
    }

    List<Strand> strands() {
      return strands;
    }

    int count() {
      return count;
    }

    List<String> seen() {
      return seen;
    }

    boolean has(String name) {
      return Collections.binarySearch(seen, name) >= 0;
    }

    /** The names with one more. */
    List<String> seenWith(String name) {
      int at = Collections.binarySearch(seen, name);
      if (at >= 0) {
        return seen;
      }
      var more = new ArrayList<>(seen);
      more.add(-at - 1, name);
      return List.copyOf(more);
    }

    int depth() {
      return depth;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // identity is meant, see above
    public boolean equals(@Nullable Object other) {
      return this == other
          || (other instanceof Container that
              && that.slot == slot
              && that.isObject == isObject
              && that.count == count
              && that.strands.equals(strands)
              && that.seen.equals(seen));
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** A place for a value. */
  final class Slot implements Stack {
    private final @Nullable Container around;
    private final List<Choice> goals;
    private final List<List<Integer>> needs;
    private final List<List<List<Integer>>> contains;
    private final int hash;

    /**
     * A place.
     *
     * @param around the container, null for the complete text
     * @param goals the sets that the value may have to be in
     * @param needs for each strand of the container the goals that it needs; one list for the text
     * @param contains for each strand the goals of its {@code contains}, a list for each of them
     */
    Slot(
        @Nullable Container around,
        List<Choice> goals,
        List<List<Integer>> needs,
        List<List<List<Integer>>> contains) {
      this.around = around;
      this.goals = goals;
      this.needs = needs;
      this.contains = contains;
      this.hash = 31 * (31 * System.identityHashCode(around) + goals.hashCode()) + needs.hashCode();
    }

    @Nullable Container around() {
      return around;
    }

    List<Choice> goals() {
      return goals;
    }

    List<List<Integer>> needs() {
      return needs;
    }

    List<List<List<Integer>>> contains() {
      return contains;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // identity is meant, see above
    public boolean equals(@Nullable Object other) {
      return this == other
          || (other instanceof Slot that
              && that.around == around
              && that.goals.equals(goals)
              && that.needs.equals(needs)
              && that.contains.equals(contains));
    }

    @Override
    public int hashCode() {
      return hash;
    }

    static boolean areMet(List<Integer> needs, BitSet met) {
      for (int goal : needs) {
        if (!met.get(goal)) {
          return false;
        }
      }
      return true;
    }
  }
}
