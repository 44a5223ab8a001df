package io.tailwalk.verifiers.schema;

import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.core.verify.Closure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows a schema through the bytes of a JSON text. A dead prefix has no continuation that the
 * schema admits; a live one may still have none where a keyword looks further than shapes do.
 *
 * <p>States are places of texts, numbered as they are reached. When they are many, {@link #current}
 * begins again with none.
 */
final class SchemaAutomaton implements ByteAutomaton {
  /** States beyond which an automaton is replaced; a table of one has 1 KiB. */
  static final int MAX_STATES = 20_000;

  private final Supplier<Walk> walks;
  private final AtomicReference<SchemaAutomaton> latest;

  /** One for all replacements: what a schema means is found, and kept, for all of them. */
  private final Object lock;

  private final Walk walk;
  private final PlaceBytes bytes;
  private final PlaceClosures closures;
  private final List<Place> places = new ArrayList<>();
  private final Map<Place, Integer> numbers = new HashMap<>();

  /**
   * By state and byte; written under the lock, and read without it: a stale {@link #UNKNOWN} is
   * looked up again.
   */
  private volatile int[] @Nullable [] rows = new int[64][];

  /**
   * An automaton.
   *
   * @param walks walks along the schema, one for each replacement
   */
  SchemaAutomaton(Supplier<Walk> walks) {
    this(walks, new AtomicReference<>());
    latest.set(this);
  }

  private SchemaAutomaton(Supplier<Walk> walks, AtomicReference<SchemaAutomaton> latest) {
    this.walks = walks;
    this.latest = latest;
    this.lock = latest;
    this.walk = walks.get();
    this.bytes = new PlaceBytes(walk.members());
    this.closures = new PlaceClosures(walk.stacks(), walk.members());
    number(walk.start());
  }

  @Override
  public ByteAutomaton current() {
    SchemaAutomaton now = latest.get();
    if (!now.isFull()) {
      return now;
    }
    synchronized (lock) {
      if (latest.get() == now) {
        latest.set(new SchemaAutomaton(walks, latest));
      }
      return latest.get();
    }
  }

  private boolean isFull() {
    return size() > MAX_STATES;
  }

  /** Number of states so far. */
  int size() {
    synchronized (lock) {
      return places.size();
    }
  }

  @Override
  public int start() {
    return 0;
  }

  @Override
  public int step(int state, byte next) {
    int known = row(state)[next & 0xFF];
    return known != UNKNOWN ? known : compute(state, next);
  }

  @Override
  public int[] row(int state) {
    int[] @Nullable [] all = rows;
    int[] row = state < all.length ? all[state] : null;
    return row != null ? row : newRow(state);
  }

  private int[] newRow(int state) {
    synchronized (lock) {
      int[] @Nullable [] all = rows;
      if (state >= all.length) {
        all = Arrays.copyOf(all, Math.max(state + 1, 2 * all.length));
        rows = all;
      }
      int[] row = all[state];
      if (row == null) {
        row = new int[256];
        bytes.prepare(places.get(state), state, row);
        all[state] = row;
      }
      return row;
    }
  }

  private int compute(int state, byte next) {
    synchronized (lock) {
      int[] row = row(state);
      int b = next & 0xFF;
      if (row[b] == UNKNOWN) {
        Place place = places.get(state);
        Place to = walk.step(place, next);
        bytes.fill(place, b, to == null ? DEAD : number(to), row);
      }
      return row[b];
    }
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
  public boolean accepts(int state) {
    synchronized (lock) {
      return walk.accepts(places.get(state));
    }
  }

  @Override
  public Closure closure(int state) {
    synchronized (lock) {
      return closures.closure(places.get(state), row(state));
    }
  }
}
