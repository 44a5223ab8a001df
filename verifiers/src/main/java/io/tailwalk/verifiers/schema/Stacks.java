package io.tailwalk.verifiers.schema;

import io.tailwalk.verifiers.schema.Stack.Container;
import io.tailwalk.verifiers.schema.Stack.Slot;
import io.tailwalk.verifiers.schema.Stack.Thread;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes stacks, and drops the readings that a text has ruled out. */
final class Stacks {
  private final Choices choices;
  private final Map<Stack, Stack> known = new HashMap<>();

  Stacks(Choices choices) {
    this.choices = choices;
  }

  Slot one(Slot slot) {
    return (Slot) known.computeIfAbsent(slot, s -> s);
  }

  Container one(Container container) {
    return (Container) known.computeIfAbsent(container, c -> c);
  }

  /** The place of the complete text. */
  Slot root(List<Choice> goals) {
    var all = new ArrayList<Integer>();
    for (int i = 0; i < goals.size(); i++) {
      all.add(i);
    }
    return one(new Slot(null, goals, List.of(all), List.of()));
  }

  /**
   * The place with the readings for which only some goals are still possible.
   *
   * @return null if no reading remains
   */
  @Nullable Slot restricted(Slot slot, BitSet possible) {
    if (slot.around() == null) {
      return Slot.areMet(slot.needs().getFirst(), possible) ? slot : null;
    }
    var threads = new ArrayList<Thread>();
    var needs = new ArrayList<List<Integer>>();
    var contains = new ArrayList<List<List<Integer>>>();
    for (int i = 0; i < slot.needs().size(); i++) {
      if (Slot.areMet(slot.needs().get(i), possible)) {
        threads.add(slot.around().threads().get(i));
        needs.add(slot.needs().get(i));
        contains.add(slot.contains().get(i));
      }
    }
    if (threads.size() == slot.needs().size()) {
      return slot;
    }
    Container around = with(slot.around(), threads);
    return around == null ? null : one(new Slot(around, slot.goals(), needs, contains));
  }

  /** A container with fewer readings; null if a goal around it is lost that is needed. */
  @Nullable Container with(Container container, List<Thread> threads) {
    if (threads.size() == container.threads().size()) {
      return container;
    }
    Slot slot = restricted(container.slot(), goals(threads));
    return slot == null
        ? null
        : one(
            new Container(
                slot,
                container.isObject(),
                threads,
                container.count(),
                container.seen(),
                container.depth()));
  }

  static BitSet goals(List<Thread> threads) {
    var goals = new BitSet();
    threads.forEach(thread -> goals.set(thread.goal()));
    return goals;
  }

  /** An array or object that opens at a place; null if none may. */
  @Nullable Container open(Slot slot, boolean isObject) {
    int depth = slot.around() == null ? 1 : slot.around().depth() + 1;
    if (depth > JsonValues.MAX_DEPTH) {
      return null;
    }
    var threads = new LinkedHashSet<Thread>();
    for (int goal = 0; goal < slot.goals().size(); goal++) {
      for (Shape shape : slot.goals().get(goal).shapes) {
        if (isObject && shape.objects() != null && choices.isProductive(shape.objects())) {
          threads.add(new Thread(goal, null, shape.objects(), List.of()));
        } else if (!isObject && shape.arrays() != null && choices.isProductive(shape.arrays())) {
          List<Integer> none = shape.arrays().contains().stream().map(_ -> 0).toList();
          threads.add(new Thread(goal, shape.arrays(), null, none));
        }
      }
    }
    List<Thread> all = List.copyOf(threads);
    Slot around = restricted(slot, goals(all));
    return around == null ? null : one(new Container(around, isObject, all, 0, List.of(), depth));
  }

  /** Collects the goals of a place, each once. */
  final class Goals {
    private final Map<Choice, Integer> numbers = new HashMap<>();
    final List<Choice> all = new ArrayList<>();

    List<Integer> of(List<Choice> needed) {
      var out = new ArrayList<Integer>();
      for (Choice choice : needed) {
        Integer number = numbers.get(choice);
        if (number == null) {
          number = all.size();
          numbers.put(choice, number);
          all.add(choice);
        }
        out.add(number);
      }
      return List.copyOf(out);
    }
  }

  /** The place of the next item of an array; null if there may be none. */
  @Nullable Slot item(Container array) {
    var goals = new Goals();
    var threads = new ArrayList<Thread>();
    var needs = new ArrayList<List<Integer>>();
    var contains = new ArrayList<List<List<Integer>>>();
    for (Thread thread : array.threads()) {
      ArrayShape shape = java.util.Objects.requireNonNull(thread.array());
      List<Choice> needed =
          array.count() < shape.max() ? choices.of(shape.item(array.count())) : List.of();
      if (!needed.isEmpty() && choices.areProductive(needed)) {
        threads.add(thread);
        needs.add(goals.of(needed));
        contains.add(shape.contains().stream().map(c -> goals.of(choices.of(c.terms()))).toList());
      }
    }
    Container around = with(array, threads);
    return around == null || threads.isEmpty()
        ? null
        : one(new Slot(around, goals.all, needs, contains));
  }

  /** The container behind a value that met some goals; null if no reading allows it. */
  @Nullable Container after(Slot slot, BitSet met) {
    Slot rest = restricted(slot, met);
    if (rest == null || rest.around() == null) {
      return null;
    }
    Container container = rest.around();
    List<Thread> threads = container.threads();
    boolean counts = rest.contains().stream().anyMatch(list -> !list.isEmpty());
    if (counts) {
      var counted = new ArrayList<Thread>();
      for (int i = 0; i < threads.size(); i++) {
        counted.add(counted(threads.get(i), rest.contains().get(i), met));
      }
      threads = List.copyOf(new LinkedHashSet<>(counted));
    }
    return one(
        new Container(
            container.slot(),
            container.isObject(),
            threads,
            container.count() + 1,
            container.seen(),
            container.depth()));
  }

  private static Thread counted(Thread thread, List<List<Integer>> contains, BitSet met) {
    if (contains.isEmpty() || thread.array() == null) {
      return thread;
    }
    var found = new ArrayList<Integer>();
    for (int i = 0; i < contains.size(); i++) {
      int more = Slot.areMet(contains.get(i), met) ? 1 : 0;
      found.add(Math.min(thread.array().contains().get(i).min(), thread.found().get(i) + more));
    }
    return new Thread(thread.goal(), thread.array(), null, List.copyOf(found));
  }

  /** The goals that a container meets if it closes now. */
  static BitSet closed(Container container) {
    var met = new BitSet();
    for (Thread thread : container.threads()) {
      boolean fits =
          thread.array() != null
              ? mayClose(thread, thread.array(), container.count())
              : thread.object() != null && Members.mayClose(thread.object(), container);
      if (fits) {
        met.set(thread.goal());
      }
    }
    return met;
  }

  private static boolean mayClose(Thread thread, ArrayShape shape, int count) {
    if (count < shape.min() || count > shape.max()) {
      return false;
    }
    for (int i = 0; i < shape.contains().size(); i++) {
      if (thread.found().get(i) < shape.contains().get(i).min()) {
        return false;
      }
    }
    return true;
  }
}
