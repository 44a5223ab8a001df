package io.tailwalk.verifiers.schema;

import io.tailwalk.verifiers.schema.Stack.Container;
import io.tailwalk.verifiers.schema.Stack.Slot;
import io.tailwalk.verifiers.schema.Stack.Strand;
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
    var strands = new ArrayList<Strand>();
    var needs = new ArrayList<List<Integer>>();
    var contains = new ArrayList<List<List<Integer>>>();
    for (int i = 0; i < slot.needs().size(); i++) {
      if (Slot.areMet(slot.needs().get(i), possible)) {
        strands.add(slot.around().strands().get(i));
        needs.add(slot.needs().get(i));
        contains.add(slot.contains().get(i));
      }
    }
    if (strands.size() == slot.needs().size()) {
      return slot;
    }
    Container around = with(slot.around(), strands);
    return around == null ? null : one(new Slot(around, slot.goals(), needs, contains));
  }

  /** A container with fewer readings; null if a goal around it is lost that is needed. */
  @Nullable Container with(Container container, List<Strand> strands) {
    if (strands.size() == container.strands().size()) {
      return container;
    }
    Slot slot = restricted(container.slot(), goals(strands));
    return slot == null
        ? null
        : one(
            new Container(
                slot,
                container.isObject(),
                strands,
                container.count(),
                container.seen(),
                container.depth()));
  }

  static BitSet goals(List<Strand> strands) {
    var goals = new BitSet();
    strands.forEach(strand -> goals.set(strand.goal()));
    return goals;
  }

  /** An array or object that opens at a place; null if none may. */
  @Nullable Container open(Slot slot, boolean isObject) {
    int depth = slot.around() == null ? 1 : slot.around().depth() + 1;
    if (depth > JsonValues.MAX_DEPTH) {
      return null;
    }
    var strands = new LinkedHashSet<Strand>();
    for (int goal = 0; goal < slot.goals().size(); goal++) {
      for (Shape shape : slot.goals().get(goal).shapes) {
        if (isObject && shape.objects() != null && choices.isProductive(shape.objects())) {
          strands.add(new Strand(goal, null, shape.objects(), List.of()));
        } else if (!isObject && shape.arrays() != null && choices.isProductive(shape.arrays())) {
          List<Integer> none = shape.arrays().contains().stream().map(_ -> 0).toList();
          strands.add(new Strand(goal, shape.arrays(), null, none));
        }
      }
    }
    List<Strand> all = List.copyOf(strands);
    Slot around = restricted(slot, goals(all));
    return around == null ? null : one(new Container(around, isObject, all, 0, List.of(), depth));
  }

  /** Collects the goals of a place, each once. */
  static final class Goals {
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
    var strands = new ArrayList<Strand>();
    var needs = new ArrayList<List<Integer>>();
    var contains = new ArrayList<List<List<Integer>>>();
    for (Strand strand : array.strands()) {
      ArrayShape shape = java.util.Objects.requireNonNull(strand.array());
      List<Choice> needed =
          array.count() < shape.max() ? choices.of(shape.item(array.count())) : List.of();
      if (!needed.isEmpty() && choices.areProductive(needed)) {
        strands.add(strand);
        needs.add(goals.of(needed));
        contains.add(shape.contains().stream().map(c -> goals.of(choices.of(c.terms()))).toList());
      }
    }
    Container around = with(array, strands);
    return around == null || strands.isEmpty()
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
    List<Strand> strands = container.strands();
    boolean counts = rest.contains().stream().anyMatch(list -> !list.isEmpty());
    if (counts) {
      var counted = new ArrayList<Strand>();
      for (int i = 0; i < strands.size(); i++) {
        counted.add(counted(strands.get(i), rest.contains().get(i), met));
      }
      strands = List.copyOf(new LinkedHashSet<>(counted));
    }
    return one(
        new Container(
            container.slot(),
            container.isObject(),
            strands,
            container.count() + 1,
            container.seen(),
            container.depth()));
  }

  private static Strand counted(Strand strand, List<List<Integer>> contains, BitSet met) {
    if (contains.isEmpty() || strand.array() == null) {
      return strand;
    }
    var found = new ArrayList<Integer>();
    for (int i = 0; i < contains.size(); i++) {
      int more = Slot.areMet(contains.get(i), met) ? 1 : 0;
      found.add(Math.min(strand.array().contains().get(i).min(), strand.found().get(i) + more));
    }
    return new Strand(strand.goal(), strand.array(), null, List.copyOf(found));
  }

  /** The goals that a container meets if it closes now. */
  static BitSet closed(Container container) {
    var met = new BitSet();
    for (Strand strand : container.strands()) {
      boolean fits =
          strand.array() != null
              ? mayClose(strand, strand.array(), container.count())
              : strand.object() != null && Members.mayClose(strand.object(), container);
      if (fits) {
        met.set(strand.goal());
      }
    }
    return met;
  }

  private static boolean mayClose(Strand strand, ArrayShape shape, int count) {
    if (count < shape.min() || count > shape.max()) {
      return false;
    }
    for (int i = 0; i < shape.contains().size(); i++) {
      if (strand.found().get(i) < shape.contains().get(i).min()) {
        return false;
      }
    }
    return true;
  }
}
