package io.tailwalk.verifiers.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns lists of terms into unions of shapes. Choices among alternatives are multiplied out as long
 * as they stay few; further ones become sets of their own that a value must be in as well.
 */
final class Choices {
  /** Shapes up to which choices are multiplied out. */
  private static final int MAX_PRODUCT = 48;

  /** Alternatives of one choice beyond which it is left to the validator. */
  private static final int MAX_ALTERNATIVES = 3000;

  /** Terms looked at for one list of terms. */
  private static final int MAX_WORK = 20_000;

  private static final int MAX_CHECKED_ITEMS = 64;

  /** Sets that are kept beyond the life of an automaton. */
  static final int MAX_KNOWN = 20_000;

  private final SchemaReader reader;
  private final Map<Set<Term>, List<Choice>> known = new HashMap<>();
  private final Choice any = new Choice(0, List.of(Shape.ANY));
  private int count = 1;
  private int work;

  Choices(SchemaReader reader) {
    this.reader = reader;
    any.productive = true;
  }

  Choice any() {
    return any;
  }

  /** Begins again with none if sets are many, as an automaton does: sets are equal by identity. */
  void forgetMany() {
    if (known.size() > MAX_KNOWN) {
      known.clear();
    }
  }

  /** The number of sets kept. */
  int kept() {
    return known.size();
  }

  /** The sets that a value with these properties is in, all of them; at least one. */
  List<Choice> of(List<Term> terms) {
    if (terms.isEmpty()) {
      return List.of(any);
    }
    var key = new HashSet<>(terms);
    List<Choice> choices = known.get(key);
    if (choices == null) {
      work = 0;
      choices = make(terms);
      known.put(key, choices);
    }
    return choices;
  }

  private List<Choice> make(List<Term> terms) {
    var seen = new LinkedHashSet<Term>();
    Flat flat = flatten(terms, seen);
    List<Shape> product = flat.shape.isEmpty() ? List.of() : List.of(flat.shape);
    var separate = new ArrayList<List<Shape>>();
    for (List<List<Term>> choice : flat.choices) {
      List<Shape> more = multiply(product, choice, seen, MAX_PRODUCT);
      if (more == null) {
        List<Shape> alone = multiply(List.of(flat.shape), choice, seen, MAX_ALTERNATIVES);
        if (alone != null) {
          separate.add(alone);
        }
      } else {
        product = more;
      }
    }
    var out = new ArrayList<Choice>();
    if (separate.isEmpty() || product.size() != 1 || !product.getFirst().equals(flat.shape)) {
      out.add(choice(product));
    }
    separate.forEach(shapes -> out.add(choice(shapes)));
    return List.copyOf(out);
  }

  private Choice choice(List<Shape> shapes) {
    return shapes.size() == 1 && shapes.getFirst().equals(Shape.ANY)
        ? any
        : new Choice(count++, List.copyOf(shapes));
  }

  private record Flat(Shape shape, List<List<List<Term>>> choices) {}

  /** Terms and all that they say in any case; their choices remain. */
  private Flat flatten(List<Term> terms, Set<Term> seen) {
    Shape shape = Shape.ANY;
    var choices = new ArrayList<List<List<Term>>>();
    var open = new ArrayList<>(terms.reversed());
    while (!open.isEmpty()) {
      Term term = open.removeLast();
      if (!seen.add(term)) {
        continue;
      }
      work++;
      Condition condition = reader.read(term);
      shape = shape.and(condition.shape());
      for (List<List<Term>> choice : condition.choices()) {
        if (choice.size() == 1) {
          open.addAll(choice.getFirst().reversed());
        } else {
          choices.add(choice);
        }
      }
      if (shape.isEmpty()) {
        return new Flat(Shape.NONE, List.of());
      }
    }
    return new Flat(shape, choices);
  }

  /** Shapes in which one alternative of a choice holds too; null if they are too many. */
  private @Nullable List<Shape> multiply(
      List<Shape> shapes, List<List<Term>> choice, Set<Term> seen, int max) {
    if ((long) shapes.size() * choice.size() > Math.max(max, 1) && shapes.size() > 1) {
      return null;
    }
    if (choice.size() > MAX_ALTERNATIVES || work > MAX_WORK) {
      return null;
    }
    var out = new LinkedHashSet<Shape>();
    for (List<Term> alternative : choice) {
      var inside = new HashSet<>(seen);
      Flat flat = flatten(alternative, inside);
      List<Shape> here = new ArrayList<>();
      for (Shape shape : shapes) {
        Shape both = shape.and(flat.shape);
        if (!both.isEmpty()) {
          here.add(both);
        }
      }
      for (List<List<Term>> nested : here.isEmpty() ? List.<List<List<Term>>>of() : flat.choices) {
        List<Shape> more = multiply(here, nested, inside, max);
        if (more == null && max < MAX_ALTERNATIVES) {
          return null;
        }
        here = more == null ? here : more;
      }
      out.addAll(here);
      if (out.size() > max && max < MAX_ALTERNATIVES) {
        return null;
      }
    }
    return List.copyOf(out);
  }

  /** Whether all sets of a list have a member; each by itself. */
  boolean areProductive(List<Choice> choices) {
    return choices.stream().allMatch(this::isProductive);
  }

  /** Whether a set has a member: the least fixed point over what members must contain. */
  boolean isProductive(Choice choice) {
    if (choice.productive == null) {
      var reached = new LinkedHashSet<Choice>();
      reach(choice, reached);
      boolean grown = true;
      var proven = new HashSet<Choice>();
      while (grown) {
        grown = false;
        for (Choice one : reached) {
          if (!proven.contains(one)
              && one.shapes.stream().anyMatch(shape -> isProductive(shape, proven))) {
            proven.add(one);
            grown = true;
          }
        }
      }
      reached.forEach(one -> one.productive = proven.contains(one));
    }
    return Boolean.TRUE.equals(choice.productive);
  }

  private void reach(Choice choice, Set<Choice> reached) {
    var open = new ArrayList<>(List.of(choice));
    while (!open.isEmpty()) {
      Choice one = open.removeLast();
      if (one.productive == null && reached.add(one)) {
        one.shapes.stream()
            .filter(shape -> !hasScalars(shape))
            .forEach(shape -> needs(shape).forEach(open::addAll));
      }
    }
  }

  private static boolean hasScalars(Shape shape) {
    return shape.nulls()
        || shape.trues()
        || shape.falses()
        || shape.strings() != null
        || shape.numbers() != null;
  }

  private List<List<Choice>> needs(Shape shape) {
    var out = new ArrayList<List<Choice>>();
    if (shape.arrays() != null) {
      out.addAll(needs(shape.arrays()));
    }
    if (shape.objects() != null) {
      out.addAll(needs(shape.objects()));
    }
    return out;
  }

  private List<List<Choice>> needs(ArrayShape arrays) {
    var out = new ArrayList<List<Choice>>();
    for (int i = 0; i < Math.min(arrays.min(), MAX_CHECKED_ITEMS); i++) {
      out.add(of(arrays.item(i)));
    }
    arrays.contains().forEach(contains -> out.add(of(contains.terms())));
    return out;
  }

  private List<List<Choice>> needs(ObjectShape objects) {
    return objects.required.stream().map(name -> of(objects.member(name, null))).toList();
  }

  private boolean isProductive(Shape shape, Set<Choice> proven) {
    return hasScalars(shape)
        || (shape.arrays() != null && are(needs(shape.arrays()), proven))
        || (shape.objects() != null && are(needs(shape.objects()), proven));
  }

  private static boolean are(List<List<Choice>> needs, Set<Choice> proven) {
    return needs.stream()
        .flatMap(List::stream)
        .allMatch(c -> c.productive == null ? proven.contains(c) : c.productive);
  }

  boolean isProductive(ArrayShape arrays) {
    return needs(arrays).stream().allMatch(this::areProductive);
  }

  boolean isProductive(ObjectShape objects) {
    return needs(objects).stream().allMatch(this::areProductive);
  }
}
