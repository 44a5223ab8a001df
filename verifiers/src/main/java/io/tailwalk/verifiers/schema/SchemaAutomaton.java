package io.tailwalk.verifiers.schema;

import io.tailwalk.core.verify.ByteAutomaton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows a schema through the bytes of a JSON text. A dead prefix has no continuation that the
 * schema admits; a live one may still have none where a keyword looks further than shapes do.
 */
final class SchemaAutomaton implements ByteAutomaton {
  private static final int BLOCK = 16;

  /** Transitions are stored plus two, so that 0 is one that nobody asked for yet. */
  private static final int OFFSET = 2;

  private final Walk walk;
  private final List<Place> places = new ArrayList<>();
  private final Map<Place, Integer> numbers = new HashMap<>();
  private volatile int[][][] rows = new int[64][][];

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
    if (state < all.length) {
      int[][] row = all[state];
      int[] block = row == null ? null : row[b / BLOCK];
      int known = block == null ? 0 : block[b % BLOCK];
      if (known != 0) {
        return known - OFFSET;
      }
    }
    return compute(state, next);
  }

  private synchronized int compute(int state, byte next) {
    Place place = walk.step(places.get(state), next);
    int to = place == null ? DEAD : number(place);
    int b = next & 0xFF;
    if (state >= rows.length) {
      rows = Arrays.copyOf(rows, Math.max(state + 1, 2 * rows.length));
    }
    int[] @Nullable [] row = rows[state];
    if (row == null) {
      row = new int[256 / BLOCK][];
      rows[state] = row;
    }
    if (row[b / BLOCK] == null) {
      row[b / BLOCK] = new int[BLOCK];
    }
    row[b / BLOCK][b % BLOCK] = to + OFFSET;
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
