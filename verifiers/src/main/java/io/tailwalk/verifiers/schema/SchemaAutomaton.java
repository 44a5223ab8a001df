package io.tailwalk.verifiers.schema;

import io.tailwalk.core.verify.ByteAutomaton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows a schema through the bytes of a JSON text. A dead prefix has no continuation that the
 * schema admits; a live one may still have none where a keyword looks further than shapes do.
 */
final class SchemaAutomaton implements ByteAutomaton {
  private static final int BLOCK = 16;

  /** Transitions are stored plus two, so that 0 is one that nobody asked for yet. */
  private static final int OFFSET = 2;

  /** Sixteen transitions, and all of a state, that nobody asked for yet. */
  private static final int[] UNKNOWN = new int[BLOCK];

  private static final int[][] NO_ROW = new int[256 / BLOCK][];

  static {
    Arrays.fill(NO_ROW, UNKNOWN);
  }

  private final Walk walk;
  private final List<Place> places = new ArrayList<>();
  private final Map<Place, Integer> numbers = new HashMap<>();

  /**
   * By state and byte; written under the lock, and read without it: a stale 0 is looked up again.
   */
  private volatile int[][][] rows = {};

  SchemaAutomaton(Walk walk) {
    this.walk = walk;
    number(walk.start());
  }

  @Override
  public int start() {
    return 0;
  }

  @Override
  public int step(int state, byte next) {
    int b = next & 0xFF;
    int[][][] all = rows;
    int known = state < all.length ? all[state][b / BLOCK][b % BLOCK] : 0;
    return known != 0 ? known - OFFSET : compute(state, next);
  }

  private synchronized int compute(int state, byte next) {
    Place place = walk.step(places.get(state), next);
    int to = place == null ? DEAD : number(place);
    int b = next & 0xFF;
    int[][][] all = rows;
    if (state >= all.length) {
      int before = all.length;
      all = Arrays.copyOf(all, Math.max(state + 1, 2 * before));
      Arrays.fill(all, before, all.length, NO_ROW);
      rows = all;
    }
    if (Arrays.equals(all[state], NO_ROW)) {
      all[state] = NO_ROW.clone();
    }
    int[] block = all[state][b / BLOCK].clone();
    block[b % BLOCK] = to + OFFSET;
    all[state][b / BLOCK] = block;
    return to;
  }

  private int number(Place place) {
    Integer known = numbers.get(place);
    if (known == null) {
      known = places.size();
      places.add(place);
      numbers.put(place, known);
    }
    return known;
  }

  @Override
  public synchronized boolean accepts(int state) {
    return walk.accepts(places.get(state));
  }
}
