package io.tailwalk.verifiers.regex;

import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.core.verify.Closure;
import io.tailwalk.core.verify.VerifierException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression as a deterministic automaton over UTF-8 bytes, for matching complete texts.
 * {@link #DEAD} is reached if and only if a match has become impossible, as far as {@link Liveness}
 * decides it; it is never reached too early. Ill-formed UTF-8 never matches.
 *
 * <p>States are made when they are first reached, so that patterns whose complete automaton is
 * exponentially large cost no more than the texts that are read. The memory of states is bounded:
 * old ones are forgotten, and made again under a new number. When many copies of counted
 * repetitions were made, {@link #current} begins again with none.
 *
 * <p>Patterns are in {@code java.util.regex} syntax, without what is not regular (back-references,
 * possessive quantifiers, atomic groups, grapheme clusters).
 */
public final class RegexAutomaton implements ByteAutomaton {
  /** Bound on the states kept, in ints. */
  private static final long MAX_WEIGHT = 24_000_000;

  /** Copies of repetitions beyond which an automaton is replaced; a node has about 60 bytes. */
  private static final int MAX_NODES = 500_000;

  private static final int OVERHEAD = 40;
  private static final int BYTES = 256;

  /** Transitions are stored plus two, so that 0 is one that nobody asked for yet. */
  private static final int OFFSET = 2;

  private final String pattern;
  private final long maxWeight;
  private final AtomicReference<RegexAutomaton> latest;
  private final RegexProgram program;
  private final Utf8 utf8;
  private final Derivation derivation;
  private final Liveness liveness;
  private final Map<Key, State> numbers = new HashMap<>();
  private final State beginning;

  /** The states by number modulo the length; written under the lock, and read without it. */
  private volatile @Nullable State[] ring = new @Nullable State[256];

  /** Numbers below this are replaced when they are asked for, so that they are not forgotten. */
  private volatile int stale;

  private int first;
  private int next;
  private long weight;
  private long staleWeight;

  /** A position between two bytes: a situation, and the node that the bytes since led to. */
  private record Key(Situation situation, int node) {}

  private static final class State {
    final int number;
    final Key key;
    final boolean accepts;
    final char[] slots;

    /** By slot; a stale 0 is looked up again. */
    final int[] to;

    /**
     * The same by byte, for walks over a vocabulary, made when it is first asked for; the last
     * element is the bound of stale numbers at that time.
     */
    volatile int @Nullable [] row;

    State(int number, Key key, boolean accepts, char[] slots, int[] to) {
      this.number = number;
      this.key = key;
      this.accepts = accepts;
      this.slots = slots;
      this.to = to;
    }

    int weight() {
      return OVERHEAD + BYTES + to.length + key.situation.weight();
    }

    /** The states by byte, those to be asked for being {@link #UNKNOWN}. */
    int[] row(int oldest) {
      int[] known = row;
      if (known == null || known[BYTES] != oldest) {
        known = new int[BYTES + 1];
        known[BYTES] = oldest;
        for (int i = 0; i < BYTES; i++) {
          int target = to[slots[i]] - OFFSET;
          known[i] = target == DEAD || target >= oldest ? target : UNKNOWN;
        }
        row = known;
      }
      return known;
    }

    /** Notes where the bytes of a slot lead. */
    void set(int slot, int target) {
      to[slot] = target + OFFSET;
      int[] known = row;
      for (int i = 0; known != null && i < BYTES; i++) {
        known[i] = slots[i] == slot ? target : known[i];
      }
    }
  }

  /** With a bound on the memory of states, in ints. */
  RegexAutomaton(String pattern, long maxWeight) {
    this(pattern, maxWeight, new AtomicReference<>());
    latest.set(this);
  }

  private RegexAutomaton(String pattern, long maxWeight, AtomicReference<RegexAutomaton> latest) {
    this.pattern = pattern;
    this.maxWeight = maxWeight;
    this.latest = latest;
    this.program = new RegexProgram(pattern, RegexParser.parse(pattern));
    var classes = new Classes(program.sets());
    this.utf8 = new Utf8(classes);
    this.derivation = new Derivation(program, classes);
    this.liveness = new Liveness(program.facts(), classes, derivation);
    Situation initial = derivation.initial();
    if (program.looksAhead()) {
      Readings.check(initial, derivation, classes);
    }
    if (!liveness.isLive(initial)) {
      throw new IllegalArgumentException(
          "the regex " + PatternText.shown(pattern) + " matches no text at all");
    }
    this.beginning = state(new Key(initial, Utf8.ROOT));
  }

  /**
   * Translates a pattern.
   *
   * @throws IllegalArgumentException in one sentence, if the pattern is malformed, not supported,
   *     matches no text at all, or is too large
   */
  public static RegexAutomaton of(String pattern) {
    try {
      return new RegexAutomaton(pattern, MAX_WEIGHT);
    } catch (VerifierException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public ByteAutomaton current() {
    RegexAutomaton now = latest.get();
    if (now.nodes() <= MAX_NODES) {
      return now;
    }
    latest.compareAndSet(now, new RegexAutomaton(pattern, maxWeight, latest));
    return latest.get();
  }

  /** The number of positions of the pattern that texts have reached. */
  synchronized int nodes() {
    return program.size();
  }

  @Override
  public int start() {
    int number = beginning.number;
    if (number >= stale) {
      return number;
    }
    synchronized (this) {
      return state(beginning.key).number;
    }
  }

  @Override
  public int step(int state, byte nextByte) {
    @Nullable State[] all = ring;
    State from = all[state & all.length - 1];
    if (from != null && from.number == state) {
      int known = from.to[from.slots[nextByte & 0xFF]] - OFFSET;
      if (known == DEAD || known >= stale) {
        return known;
      }
    }
    return compute(state, nextByte);
  }

  @Override
  public int @Nullable [] row(int state) {
    @Nullable State[] all = ring;
    State from = all[state & all.length - 1];
    return from != null && from.number == state ? from.row(stale) : null;
  }

  @Override
  public synchronized @Nullable Closure closure(int state) {
    Key key = find(state).key;
    return key.node == Utf8.ROOT ? CountedTail.closure(program, key.situation.main()) : null;
  }

  @Override
  public boolean accepts(int state) {
    @Nullable State[] all = ring;
    State from = all[state & all.length - 1];
    return (from != null && from.number == state) ? from.accepts : find(state).accepts;
  }

  /** The number of states kept. */
  synchronized int kept() {
    return next - first;
  }

  private synchronized State find(int number) {
    State found = number >= first && number < next ? ring[number & ring.length - 1] : null;
    if (found == null) {
      throw new VerifierException(
          "the regex "
              + PatternText.shown(pattern)
              + " needs more states at once than are kept; repeat less in it");
    }
    return found;
  }

  private synchronized int compute(int number, byte nextByte) {
    State from = find(number);
    int slot = from.slots[nextByte & 0xFF];
    int known = from.to[slot] - OFFSET;
    if (known >= first) {
      // Only its number is too old.
      int renewed = state(find(known).key).number;
      from.set(slot, renewed);
      return renewed;
    }
    int target = utf8.node(from.key.node).targets()[slot];
    int to = DEAD;
    if (target >= 0) {
      Situation after = derivation.after(from.key.situation, target);
      to = liveness.isLive(after) ? state(new Key(after, Utf8.ROOT)).number : DEAD;
    } else if (target != Utf8.NOWHERE && leadsOn(from.key.situation, ~target)) {
      to = state(new Key(from.key.situation, ~target)).number;
    }
    from.set(slot, to);
    return to;
  }

  /** Whether a character that can follow the bytes so far keeps a situation alive. */
  private boolean leadsOn(Situation situation, int node) {
    for (int target : utf8.node(node).targets()) {
      boolean live =
          target >= 0
              ? liveness.isLive(derivation.after(situation, target))
              : target != Utf8.NOWHERE && leadsOn(situation, ~target);
      if (live) {
        return true;
      }
    }
    return false;
  }

  /** The state of a key under a number that is not stale. */
  private State state(Key key) {
    State known = numbers.get(key);
    if (known != null && known.number >= stale) {
      return known;
    }
    if (next == Integer.MAX_VALUE - OFFSET) {
      throw new VerifierException(
          "the regex " + PatternText.shown(pattern) + " went through too many states; start again");
    }
    Utf8.Node node = utf8.node(key.node);
    boolean accepts = key.node == Utf8.ROOT && key.situation.main().holdsAtEnd();
    int[] to = known == null ? new int[node.targets().length] : known.to.clone();
    var made = new State(next, key, accepts, node.slots(), to);
    numbers.put(key, made);
    keep(made);
    return made;
  }

  private void keep(State made) {
    @Nullable State[] all = ring;
    if (next - first >= all.length) {
      @Nullable State[] larger = new @Nullable State[2 * all.length];
      for (int i = first; i < next; i++) {
        larger[i & larger.length - 1] = all[i & all.length - 1];
      }
      all = larger;
    }
    all[next & all.length - 1] = made;
    ring = all;
    next++;
    weight += made.weight();
    forget(all);
  }

  /** Forgets the oldest states beyond the bound; the older half by weight is stale. */
  private void forget(@Nullable State[] all) {
    int boundary = stale;
    while (weight > maxWeight && first < next - 1) {
      State oldest = find(first);
      weight -= oldest.weight();
      staleWeight -= first < boundary ? oldest.weight() : 0;
      all[first & all.length - 1] = null;
      numbers.remove(oldest.key, oldest);
      first++;
      boundary = Math.max(boundary, first);
    }
    while (weight - staleWeight > maxWeight / 2 && boundary < next - 1) {
      staleWeight += find(boundary).weight();
      boundary++;
    }
    stale = boundary;
  }
}
