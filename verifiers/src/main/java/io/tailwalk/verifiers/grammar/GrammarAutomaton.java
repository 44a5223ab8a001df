package io.tailwalk.verifiers.grammar;

import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.core.verify.VerifierException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows a grammar byte by byte. A state is the set of all stacks that the text so far may have
 * led to, each with a terminal on top, and the partial character; states are numbered in the order
 * of discovery. Because every rule derives some text, every remaining stack can be finished, so
 * that a state is dead if and only if no continuation exists.
 */
final class GrammarAutomaton implements ByteAutomaton {
  private static final int MAX_STACKS = 20_000;
  private static final Frame BOTTOM = new Frame(0, List.of(), 0, null);

  private final Grammar grammar;
  private final List<State> states = new ArrayList<>();
  private final Map<State, Integer> numbers = new HashMap<>();
  private final Map<FrameKey, Frame> frames = new HashMap<>();
  private final IdentityHashMap<List<Symbol>, Integer> sides = new IdentityHashMap<>();
  private final ConcurrentHashMap<Long, Integer> steps = new ConcurrentHashMap<>();
  private final int start;

  private record FrameKey(int side, int dot, int below) {}

  /** Stacks in the order of their numbers. */
  private record State(List<Frame> stacks, boolean accepts, PartialCharacter partial) {}

  /** The automaton of a grammar. */
  GrammarAutomaton(Grammar grammar) {
    this.grammar = grammar;
    grammar.alternatives().forEach(all -> all.forEach(side -> sides.put(side, sides.size())));
    List<Symbol> whole = List.of(new Symbol.Rule(grammar.root()));
    sides.put(whole, sides.size());
    var closure = new Closure();
    closure.add(frame(whole, 0, BOTTOM));
    this.start = number(closure.state());
  }

  @Override
  public int start() {
    return start;
  }

  @Override
  public int step(int state, byte next) {
    long key = (long) state << 8 | (next & 0xFF);
    Integer known = steps.get(key);
    if (known == null) {
      known = compute(state, next);
      steps.put(key, known);
    }
    return known;
  }

  @Override
  public synchronized boolean accepts(int state) {
    State reached = states.get(state);
    return reached.accepts && reached.partial.isWhole();
  }

  private synchronized int compute(int number, byte next) {
    State state = states.get(number);
    PartialCharacter character = state.partial.with(next);
    if (character.isInvalid()) {
      return DEAD;
    }
    List<Frame> fitting = state.stacks.stream().filter(stack -> fits(stack, character)).toList();
    if (fitting.isEmpty()) {
      return DEAD;
    }
    if (!character.isWhole()) {
      return number(new State(fitting, false, character));
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
    return frames.computeIfAbsent(key, _ -> new Frame(frames.size() + 1, side, dot, below));
  }

  /** Stacks with their rules expanded until a terminal is on top. */
  private final class Closure {
    private final Set<Frame> seen = new HashSet<>();
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
      } else if (stack != null && seen.add(stack)) {
        open.add(stack);
      }
      if (seen.size() > MAX_STACKS) {
        throw new VerifierException(
            "the grammar is so ambiguous that a text has over "
                + MAX_STACKS
                + " readings; write it with fewer ways to derive the same text");
      }
    }

    State state() {
      ready.sort(Comparator.comparingInt(stack -> stack.id));
      return new State(List.copyOf(ready), accepts, PartialCharacter.NONE);
    }
  }
}
