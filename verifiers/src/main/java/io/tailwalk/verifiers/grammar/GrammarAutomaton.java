package io.tailwalk.verifiers.grammar;

import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.verifiers.utf8.PartialCharacter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Follows a grammar byte by byte. A state is the set of all stacks that the text so far may have
 * led to, each with a terminal on top, and the partial character; states are numbered in the order
 * of discovery, and when they are many, {@link #current} begins again with none. Because every rule
 * derives some text, every remaining stack can be finished, so that a state is dead if and only if
 * no continuation exists.
 *
 * <p>Of stacks that differ only in the copies that counted repetitions have left, those that
 * another one includes are dropped: {@code ("a"{0,1000}){0,1000}} has two stacks at a place, not a
 * million.
 */
final class GrammarAutomaton implements ByteAutomaton {
  private static final int MAX_STACKS = 20_000;

  /** States beyond which an automaton is replaced; a table of one has 1 KiB. */
  static final int MAX_STATES = 20_000;

  private static final Frame BOTTOM = new Frame(0, List.of(), 0, null, 0, null);

  private final Grammar grammar;
  private final AtomicReference<GrammarAutomaton> latest;
  private final List<State> states = new ArrayList<>();
  private final Map<State, Integer> numbers = new HashMap<>();
  private final Map<FrameKey, Frame> frames = new HashMap<>();
  private final IdentityHashMap<List<Symbol>, Integer> sides = new IdentityHashMap<>();

  /**
   * By state and byte; written under the lock, and read without it: a stale {@link #UNKNOWN} is
   * looked up again.
   */
  private volatile int[] @Nullable [] rows = new int[64][];

  private final int start;

  private final Map<FrameKey, Integer> shapes = new HashMap<>();

  private record FrameKey(int side, int dot, int below) {}

  /** Stacks in the order of their numbers. */
  private record State(List<Frame> stacks, boolean accepts, PartialCharacter partial) {}

  /** The automaton of a grammar. */
  GrammarAutomaton(Grammar grammar) {
    this(grammar, new AtomicReference<>());
    latest.set(this);
  }

  private GrammarAutomaton(Grammar grammar, AtomicReference<GrammarAutomaton> latest) {
    this.grammar = grammar;
    this.latest = latest;
    grammar.alternatives().forEach(all -> all.forEach(side -> sides.put(side, sides.size())));
    List<Symbol> whole = List.of(new Symbol.Rule(grammar.root()));
    sides.put(whole, sides.size());
    var closure = new Closure();
    closure.add(frame(whole, 0, BOTTOM));
    this.start = number(closure.state());
  }

  @Override
  public ByteAutomaton current() {
    GrammarAutomaton now = latest.get();
    if (now.size() <= MAX_STATES) {
      return now;
    }
    latest.compareAndSet(now, new GrammarAutomaton(grammar, latest));
    return latest.get();
  }

  /** Number of states so far. */
  synchronized int size() {
    return states.size();
  }

  @Override
  public int start() {
    return start;
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

  private synchronized int[] newRow(int state) {
    int[] @Nullable [] all = rows;
    if (state >= all.length) {
      all = Arrays.copyOf(all, Math.max(state + 1, 2 * all.length));
      rows = all;
    }
    int[] row = all[state];
    if (row == null) {
      row = new int[256];
      prepare(states.get(state), row);
      all[state] = row;
    }
    return row;
  }

  @Override
  public synchronized boolean accepts(int state) {
    State reached = states.get(state);
    return reached.accepts && reached.partial.isWhole();
  }

  /** Bytes that no stack allows are dead before any step. */
  private static void prepare(State state, int[] row) {
    Arrays.fill(row, DEAD);
    if (!state.partial.isWhole()) {
      Arrays.fill(row, 0x80, 0xC0, UNKNOWN);
      return;
    }
    for (Frame stack : state.stacks) {
      for (int c = 0; c < 0x80; c++) {
        row[c] = stack.allows(c) ? UNKNOWN : row[c];
      }
      if (stack.wide() != Frame.NONE) {
        Arrays.fill(row, 0xC2, 0xF5, UNKNOWN);
      }
    }
  }

  private synchronized int compute(int number, byte next) {
    int[] row = row(number);
    int b = next & 0xFF;
    if (row[b] == UNKNOWN) {
      State state = states.get(number);
      fill(state, b, after(state, next), row);
    }
    return row[b];
  }

  /** Writes a step, and the same for the bytes that no stack tells from this one. */
  private static void fill(State state, int b, int to, int[] row) {
    row[b] = to;
    if (state.partial.isWhole() && b < 0x80) {
      for (int c = 0; c < 0x80; c++) {
        row[c] = row[c] == UNKNOWN && areAlike(state.stacks, b, c) ? to : row[c];
      }
    } else if (isPlain(state.stacks) && to != DEAD) {
      PartialCharacter next = state.partial.with((byte) b).plain();
      for (int other = 0x80; other < 256; other++) {
        if (row[other] == UNKNOWN && state.partial.with((byte) other).plain().equals(next)) {
          row[other] = to;
        }
      }
    }
  }

  private static boolean areAlike(List<Frame> stacks, int a, int b) {
    for (Frame stack : stacks) {
      if (stack.allows(a) != stack.allows(b)) {
        return false;
      }
    }
    return true;
  }

  /** Whether no stack tells characters from U+0080 apart. */
  private static boolean isPlain(List<Frame> stacks) {
    for (Frame stack : stacks) {
      if (stack.wide() == Frame.SOME) {
        return false;
      }
    }
    return true;
  }

  private int after(State state, byte next) {
    PartialCharacter character = state.partial.with(next);
    if (character.isInvalid()) {
      return DEAD;
    }
    List<Frame> fitting = state.stacks.stream().filter(stack -> fits(stack, character)).toList();
    if (fitting.isEmpty()) {
      return DEAD;
    }
    if (!character.isWhole()) {
      PartialCharacter kept = isPlain(fitting) ? character.plain() : character;
      return number(new State(fitting, false, kept));
    }
    var closure = new Closure();
    fitting.forEach(stack -> closure.add(after(stack)));
    return number(closure.state());
  }

  private static boolean fits(Frame stack, PartialCharacter character) {
    return stack.next() instanceof Symbol.Terminal(CodePoints set)
        && set.meets(character.first(), character.last());
  }

  /** The stack after its next symbol. */
  private Frame after(Frame frame) {
    Frame below = frame.below == null ? BOTTOM : frame.below;
    return frame.isLast() ? below : frame(frame.side, frame.dot + 1, below);
  }

  private int number(State state) {
    Integer known = numbers.get(state);
    if (known == null) {
      known = states.size();
      states.add(state);
      numbers.put(state, known);
    }
    return known;
  }

  private Frame frame(List<Symbol> side, int dot, Frame below) {
    Integer number = sides.get(side);
    var key = new FrameKey(number == null ? -1 : number, dot, below.id);
    return frames.computeIfAbsent(key, _ -> newFrame(key.side, side, dot, below));
  }

  private Frame newFrame(int number, List<Symbol> side, int dot, Frame below) {
    Grammar.Copy copy = grammar.copies().get(side);
    int kind = copy == null ? number : -2 - copy.family();
    int shape =
        shapes.computeIfAbsent(new FrameKey(kind, dot, below.shape), _ -> shapes.size() + 1);
    return new Frame(frames.size() + 1, side, dot, below, shape, copy);
  }

  /** Stacks with their rules expanded until a terminal is on top. */
  private final class Closure {
    private final Set<Frame> seen = new HashSet<>();
    private final Widest widest = new Widest();
    private final List<Frame> ready = new ArrayList<>();
    private final List<Frame> open = new ArrayList<>();
    private boolean accepts;

    void add(@Nullable Frame stack) {
      push(stack);
      while (!open.isEmpty()) {
        Frame top = open.removeLast();
        switch (top.next()) {
          case Symbol.Terminal _ -> ready.add(top);
          case Symbol.Rule(int id) -> {
            Frame rest = after(top);
            for (List<Symbol> side : grammar.alternatives().get(id)) {
              push(side.isEmpty() ? rest : frame(side, 0, rest));
            }
          }
        }
      }
    }

    private void push(@Nullable Frame stack) {
      if (stack == BOTTOM) {
        accepts = true;
      } else if (stack != null && seen.add(stack) && widest.add(stack)) {
        open.add(stack);
      }
      if (seen.size() > MAX_STACKS) {
        throw new VerifierException(
            "the grammar has over "
                + MAX_STACKS
                + " rules and alternatives open at one place of a text; write it with fewer of them"
                + " there, or with fewer ways to derive the same text");
      }
    }

    State state() {
      ready.removeIf(stack -> !widest.contains(stack));
      ready.sort(Comparator.comparingInt(stack -> stack.id));
      return new State(List.copyOf(ready), accepts, PartialCharacter.NONE);
    }
  }
}
