package io.tailwalk.verifiers.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A set of objects. Two are equal if they are the same object.
 *
 * <p>Conditions on members are in parts that hold together, because {@code additionalProperties}
 * means the members that its own schema does not list.
 */
final class ObjectShape {
  static final ObjectShape ANY =
      new ObjectShape(List.of(), new TreeSet<>(), Map.of(), List.of(), 0, Dfa.ENDLESS);

  /**
   * Conditions on members by their names.
   *
   * @param named by exact name
   * @param patterned by a pattern in the name
   * @param rest for names that neither of the others has
   */
  record Part(Map<String, List<Term>> named, List<Patterned> patterned, List<Term> rest) {}

  /** Conditions on members whose name has a pattern. */
  record Patterned(EcmaPattern pattern, List<Term> terms) {}

  final List<Part> parts;
  final SortedSet<String> required;

  /** Names that a member's presence requires. */
  final Map<String, Set<String>> dependents;

  /** What names are like. */
  final List<StringShape> nameShapes;

  final int min;
  final int max;

  /** All names that something is said about. */
  final TreeSet<String> names = new TreeSet<>();

  private @Nullable Names listed;

  ObjectShape(
      List<Part> parts,
      SortedSet<String> required,
      Map<String, Set<String>> dependents,
      List<StringShape> nameShapes,
      int min,
      int max) {
    this.parts = parts;
    this.required = required;
    this.dependents = dependents;
    this.nameShapes = nameShapes;
    this.min = min;
    this.max = max;
    parts.forEach(part -> names.addAll(part.named.keySet()));
    names.addAll(required);
    dependents.forEach((name, others) -> {
      names.add(name);
      names.addAll(others);
    });
  }

  static ObjectShape ofSize(int min, int max) {
    return new ObjectShape(List.of(), new TreeSet<>(), Map.of(), List.of(), min, max);
  }

  /** Objects with a condition on one member. */
  static ObjectShape ofMember(String name, List<Term> terms, boolean isRequired) {
    var part = new Part(Map.of(name, terms), List.of(), List.of());
    var required = new TreeSet<String>(isRequired ? Set.of(name) : Set.of());
    return new ObjectShape(List.of(part), required, Map.of(), List.of(), 0, Dfa.ENDLESS);
  }

  ObjectShape and(ObjectShape other) {
    if (this == ANY || other == this) {
      return other;
    }
    if (other == ANY) {
      return this;
    }
    var all = new ArrayList<>(parts);
    other.parts.stream().filter(part -> !all.contains(part)).forEach(all::add);
    var needed = new TreeSet<>(required);
    needed.addAll(other.required);
    var dependent = new HashMap<>(dependents);
    other.dependents.forEach((name, others) ->
        dependent.merge(
            name,
            others,
            (a, b) -> {
              var both = new TreeSet<>(a);
              both.addAll(b);
              return both;
            }));
    var shapes = new ArrayList<>(nameShapes);
    shapes.addAll(other.nameShapes);
    int least = Math.max(min, other.min);
    int most = Math.min(max, other.max);
    return new ObjectShape(List.copyOf(all), needed, dependent, shapes, least, most);
  }

  /** The names by number, made when first needed. */
  Names listed() {
    Names known = listed;
    if (known == null) {
      known = new Names(names, required);
      listed = known;
    }
    return known;
  }

  boolean isEmpty() {
    return min > max
        || required.size() > max
        || required.stream().anyMatch(name -> member(name, null).contains(Term.NOTHING));
  }

  /**
   * What the member of a name must fulfil.
   *
   * @param matches for each pattern of all parts in order whether the name has it; null to find out
   */
  List<Term> member(String name, boolean @Nullable [] matches) {
    var all = new ArrayList<Term>();
    int pattern = 0;
    for (Part part : parts) {
      List<Term> own = part.named.get(name);
      boolean listed = own != null;
      boolean unsure = false;
      if (own != null) {
        all.addAll(own);
      }
      for (Patterned patterned : part.patterned) {
        boolean matched = false;
        try {
          matched = matches == null ? patterned.pattern.isFoundIn(name) : matches[pattern++];
        } catch (Unjudgeable _) {
          unsure = true; // the judge decides
        }
        if (matched) {
          listed = true;
          all.addAll(patterned.terms);
        }
      }
      if (!listed && !unsure) {
        all.addAll(part.rest);
      }
    }
    return all;
  }

  /** All patterns of all parts in order. */
  List<EcmaPattern> patterns() {
    return parts.stream().flatMap(p -> p.patterned.stream()).map(Patterned::pattern).toList();
  }
}
