package io.tailwalk.verifiers.regex;

import io.tailwalk.verifiers.regex.RegexProgram.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a program by one character: what the rest of a text must fulfil before the character
 * becomes what it must fulfil after it. Not safe to share between threads.
 */
final class Derivation {
  private final RegexProgram program;
  private final NodeFacts facts;
  private final Classes classes;

  /** The last round in which a node was visited. */
  private int[] seen;

  private int round;

  Derivation(RegexProgram program, Classes classes) {
    this.program = program;
    this.facts = program.facts();
    this.classes = classes;
    this.seen = new int[program.size()];
  }

  /** Before the first character. */
  Situation initial() {
    var around = new Around(true, new Formula[program.behinds()]);
    for (int i = 0; i < program.behinds(); i++) {
      around.behinds[i] = closure(program.behindStart(i), around);
    }
    Formula main = closure(program.start(), around);
    return new Situation(main, needed(main, around.behinds));
  }

  /** After a character of a class. */
  Situation after(Situation before, int characterClass) {
    Formula[] old = before.behinds();
    var around = new Around(false, new Formula[old.length]);
    long wanted = old.length == 0 ? 0 : behinds(before.main());
    for (int i = 0; i < old.length; i++) {
      if ((wanted >> i & 1) == 1) {
        around.behinds[i] =
            Formulas.either(
                derive(old[i], characterClass, around), closure(program.behindStart(i), around));
      } else {
        around.behinds[i] = Formula.FALSE;
      }
    }
    Formula main = derive(before.main(), characterClass, around);
    return new Situation(main, needed(main, around.behinds));
  }

  /** What is before a position: whether it is the first, and the state of each look-behind. */
  private static final class Around {
    final boolean start;
    final Formula[] behinds;
    final Map<Integer, Formula> closures = new HashMap<>();

    Around(boolean start, Formula[] behinds) {
      this.start = start;
      this.behinds = behinds;
    }
  }

  /** Look-behinds that no thread can ask for any more are no part of a situation. */
  private Formula[] needed(Formula main, Formula[] behinds) {
    if (behinds.length == 0) {
      return behinds;
    }
    long wanted = behinds(main);
    for (int i = 0; i < behinds.length; i++) {
      if ((wanted >> i & 1) == 0) {
        behinds[i] = Formula.FALSE;
      }
    }
    return behinds;
  }

  private long behinds(Formula formula) {
    long wanted = 0;
    for (int node : formula.plain()) {
      wanted |= facts.behinds(node);
    }
    for (Formula.Guarded thread : formula.guarded()) {
      wanted |= facts.behinds(thread.node) | behinds(thread.guard.none());
      for (Formula condition : thread.guard.all()) {
        wanted |= behinds(condition);
      }
    }
    return wanted;
  }

  private Formula derive(Formula formula, int characterClass, Around around) {
    if (formula.isEmpty() || formula.isTrue()) {
      return formula;
    }
    var out = new Formulas(facts);
    var mine = new Round();
    BitSet sets = classes.setsOf(characterClass);
    for (int node : formula.plain()) {
      if (program.op(node) == Op.ONE && sets.get(program.arg(node))) {
        walk(program.next(node), mine, around, out);
      }
    }
    for (Formula.Guarded thread : formula.guarded()) {
      boolean reads = program.op(thread.node) == Op.ONE && sets.get(program.arg(thread.node));
      if (reads || thread.node == RegexProgram.FOUND) {
        Guard guard = derive(thread.guard, characterClass, around);
        if (guard != null) {
          if (reads) {
            walk(program.next(thread.node), guard, mine, around, out);
          } else {
            out.add(RegexProgram.FOUND, guard);
          }
        }
      }
    }
    return out.formula();
  }

  private @Nullable Guard derive(Guard guard, int characterClass, Around around) {
    Guard out = Guard.OPEN;
    for (Formula condition : guard.all()) {
      out = out == null ? null : out.and(derive(condition, characterClass, around));
    }
    return out == null ? null : out.andNot(derive(guard.none(), characterClass, around));
  }

  /** The threads at a node. */
  private Formula closure(int node, Around around) {
    Formula known = around.closures.get(node);
    if (known == null) {
      var out = new Formulas(facts);
      walk(node, new Round(), around, out);
      known = out.formula();
      around.closures.put(node, known);
    }
    return known;
  }

  private record Open(int node, Guard guard) {}

  /** Walks to one formula. */
  private final class Round {
    /** Different for walks that go on at the same time. */
    private final int mark = ++round;

    private final Front front = new Front(facts);
    private final Map<Guard, Front> byGuard = new HashMap<>();

    /** Whether a node is visited for the first time. */
    boolean isNew(int node) {
      if (node >= seen.length) {
        seen = Arrays.copyOf(seen, Math.max(node + 1, 2 * seen.length));
      }
      if (seen[node] == mark || facts.isStuck(node)) {
        return false;
      }
      seen[node] = mark;
      return program.op(node) != Op.REPEAT || front.add(node);
    }

    /** Whether no repetition was visited under a guard that has more copies left. */
    boolean isNew(int repeat, Guard guard) {
      return byGuard.computeIfAbsent(guard, _ -> new Front(facts)).add(repeat);
    }
  }

  /** Walks without conditions, with marks instead of a set, until there are some. */
  private void walk(int from, Round mine, Around around, Formulas out) {
    int[] open = new int[16];
    int size = 0;
    open[size++] = from;
    while (size > 0) {
      int node = open[--size];
      if (!mine.isNew(node)) {
        continue;
      }
      if (size + 2 > open.length) {
        open = Arrays.copyOf(open, 2 * open.length);
      }
      switch (program.op(node)) {
        case ACCEPT, FOUND, BEHIND_FOUND, ONE -> out.add(node, Guard.OPEN);
        case SPLIT -> {
          open[size++] = program.arg(node);
          open[size++] = program.next(node);
        }
        case REPEAT -> {
          if (program.mayEnd(node)) {
            open[size++] = program.next(node);
          }
          int copy = program.copy(node);
          if (copy >= 0) {
            open[size++] = copy;
          }
        }
        case START -> {
          if (around.start) {
            open[size++] = program.next(node);
          }
        }
        default -> {
          for (Guard guard : passing(node, Guard.OPEN, around)) {
            if (guard.isOpen()) {
              open[size++] = program.next(node);
            } else {
              walk(program.next(node), guard, mine, around, out);
            }
          }
        }
      }
    }
  }

  private void walk(int from, Guard guard, Round mine, Around around, Formulas out) {
    if (guard.isOpen()) {
      walk(from, mine, around, out);
      return;
    }
    Set<Open> visited = new HashSet<>();
    List<Open> open = new ArrayList<>(List.of(new Open(from, guard)));
    while (!open.isEmpty()) {
      Open now = open.removeLast();
      if (facts.isStuck(now.node) || !visited.add(now)) {
        continue;
      }
      switch (program.op(now.node)) {
        case ONE -> {
          if (!now.guard.asksForEnd()) {
            out.add(now.node, now.guard);
          }
        }
        case ACCEPT, FOUND, BEHIND_FOUND -> out.add(now.node, now.guard);
        case SPLIT -> {
          open.add(new Open(program.arg(now.node), now.guard));
          open.add(new Open(program.next(now.node), now.guard));
        }
        case REPEAT -> {
          if (mine.isNew(now.node, now.guard)) {
            if (program.mayEnd(now.node)) {
              open.add(new Open(program.next(now.node), now.guard));
            }
            int copy = program.copy(now.node);
            if (copy >= 0) {
              open.add(new Open(copy, now.guard));
            }
          }
        }
        case START -> {
          if (around.start) {
            open.add(new Open(program.next(now.node), now.guard));
          }
        }
        default -> {
          for (Guard next : passing(now.node, now.guard, around)) {
            open.add(new Open(program.next(now.node), next));
          }
        }
      }
    }
  }

  /** The conditions under which look-around at a node passes; none if it does not. */
  private List<Guard> passing(int node, Guard guard, Around around) {
    int arg = program.arg(node);
    return switch (program.op(node)) {
      case AHEAD -> present(guard.and(closure(arg, around)));
      case NOT_AHEAD -> present(guard.andNot(closure(arg, around)));
      default -> {
        boolean negated = program.op(node) == Op.NOT_BEHIND;
        yield behind(program.behindEnd(arg), around.behinds[arg], negated, guard);
      }
    };
  }

  /** A match that ends here may itself depend on what follows. */
  private static List<Guard> behind(int end, Formula behind, boolean negated, Guard guard) {
    if (Arrays.binarySearch(behind.plain(), end) >= 0) {
      return negated ? List.of() : List.of(guard);
    }
    List<Guard> out = new ArrayList<>();
    Guard none = guard;
    for (Formula.Guarded thread : behind.guarded()) {
      if (thread.node == end) {
        out.addAll(present(guard.and(thread.guard)));
        none = none == null ? null : none.andNot(Formulas.of(thread.guard));
      }
    }
    return negated ? present(none) : out;
  }

  private static List<Guard> present(@Nullable Guard guard) {
    return guard == null ? List.of() : List.of(guard);
  }
}
