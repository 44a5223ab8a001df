package io.tailwalk.verifiers.schema;

import io.tailwalk.verifiers.schema.Place.Naming;
import io.tailwalk.verifiers.schema.Stack.Container;
import io.tailwalk.verifiers.schema.Stack.Slot;
import io.tailwalk.verifiers.schema.Stack.Strand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which members an object may still have. */
final class Members {
  private final Choices choices;
  private final Stacks stacks;
  private final Map<ObjectShape, Map<String, List<Choice>>> byName = new HashMap<>();
  private final Map<ObjectShape, List<EcmaPattern>> patterns = new HashMap<>();
  private final Map<ObjectShape, boolean[]> open = new HashMap<>();
  private final Map<Question, Missing> missing = new HashMap<>();

  Members(Choices choices, Stacks stacks) {
    this.choices = choices;
    this.stacks = stacks;
  }

  /**
   * A reading of a name that is being written.
   *
   * @param strand the index of the object's reading
   * @param states the states of its patterns, then of what names must be like; {@link Dfa#DEAD}
   *     where there is no match any more, 0 where there is no automaton
   * @param counts the number of code points, as far as it matters, for what names must be like
   */
  record Name(int strand, List<Integer> states, List<Integer> counts) {}

  private record Question(ObjectShape shape, Container object) {}

  /**
   * The listed names of a reading that an object may still have, by number.
   *
   * @param left those that it does not have
   * @param missing those that it must have
   * @param size how many it must have
   */
  private record Missing(BitSet left, BitSet missing, int size) {}

  private Missing missing(ObjectShape shape, Container object) {
    return missing.computeIfAbsent(new Question(shape, object), q -> missingOf(q.shape, q.object));
  }

  private static Missing missingOf(ObjectShape shape, Container object) {
    Names names = shape.listed();
    BitSet seen = names.among(object.seen());
    BitSet needed = (BitSet) names.required().clone();
    if (!shape.dependents.isEmpty()) {
      for (String name : object.seen()) {
        shape.dependents.getOrDefault(name, Set.of()).forEach(other -> needed.set(names.of(other)));
      }
    }
    needed.andNot(seen);
    var left = new BitSet();
    left.set(0, names.size());
    left.andNot(seen);
    return new Missing(left, needed, needed.cardinality());
  }

  static boolean mayClose(ObjectShape shape, Container object) {
    return object.count() >= shape.min
        && object.count() <= shape.max
        && object.seen().size() >= shape.required.size()
        && missingOf(shape, object).size() == 0;
  }

  /** What the member of a listed name must be. */
  private List<Choice> named(ObjectShape shape, String name) {
    return byName
        .computeIfAbsent(shape, _ -> new HashMap<>())
        .computeIfAbsent(name, n -> choices.of(shape.member(n, null)));
  }

  private boolean allows(ObjectShape shape, String name) {
    return choices.areProductive(named(shape, name));
  }

  private List<EcmaPattern> patterns(ObjectShape shape) {
    return patterns.computeIfAbsent(shape, ObjectShape::patterns);
  }

  /** For each part whether names that it does not list may have a value. */
  private boolean[] open(ObjectShape shape) {
    return open.computeIfAbsent(
        shape,
        s -> {
          boolean[] out = new boolean[s.parts.size()];
          for (int i = 0; i < out.length; i++) {
            out[i] = choices.areProductive(choices.of(s.parts.get(i).rest()));
          }
          return out;
        });
  }

  /** The readings of a name before its first character. */
  List<Name> begin(Container object) {
    var names = new ArrayList<Name>();
    for (int i = 0; i < object.strands().size(); i++) {
      ObjectShape shape = shape(object.strands().get(i));
      Integer[] states = new Integer[patterns(shape).size() + shape.nameShapes.size()];
      Arrays.fill(states, 0);
      for (int p = 0; p < patterns(shape).size(); p++) {
        boolean never = patterns(shape).get(p).automaton().map(Dfa::isEmpty).orElse(false);
        states[p] = never ? Dfa.DEAD : 0;
      }
      Integer[] counts = new Integer[shape.nameShapes.size()];
      Arrays.fill(counts, 0);
      names.add(new Name(i, List.of(states), List.of(counts)));
    }
    return names;
  }

  /** The same readings by their places among the fewer readings of an object. */
  static List<Name> renumbered(List<Name> names, Container object) {
    var out = new ArrayList<Name>();
    for (int i = 0; i < object.strands().size(); i++) {
      out.add(new Name(i, names.get(i).states, names.get(i).counts));
    }
    return out;
  }

  static ObjectShape shape(Strand strand) {
    return java.util.Objects.requireNonNull(strand.object());
  }

  /** The reading after one more code point; null if names must not be like that. */
  @Nullable Name with(Name name, Container object, int c) {
    ObjectShape shape = shape(object.strands().get(name.strand));
    List<EcmaPattern> all = patterns(shape);
    Integer[] states = name.states.toArray(new Integer[0]);
    Integer[] counts = name.counts.toArray(new Integer[0]);
    for (int i = 0; i < all.size(); i++) {
      Dfa dfa = all.get(i).automaton().orElse(null);
      states[i] = dfa == null ? 0 : states[i] == Dfa.DEAD ? Dfa.DEAD : dfa.step(states[i], c);
    }
    for (int i = 0; i < counts.length; i++) {
      StringShape like = shape.nameShapes.get(i);
      int state = states[all.size() + i];
      state = like.dfa() == null ? 0 : like.dfa().step(state, c);
      counts[i] = like.counted(counts[i] + 1);
      if (state == Dfa.DEAD || !like.mayEnd(state, counts[i])) {
        return null;
      }
      states[all.size() + i] = state;
    }
    return new Name(name.strand, List.of(states), List.of(counts));
  }

  /**
   * Whether a reading allows some name that begins as written.
   *
   * @param written the characters, null if they begin no name that any reading lists
   */
  boolean mayContinue(Name name, Container object, @Nullable String written, Decoder decoder) {
    ObjectShape shape = shape(object.strands().get(name.strand));
    Missing missing = missing(shape, object);
    int left = shape.max - object.count();
    if (left <= 0 || missing.size() > left) {
      return false;
    }
    if (written != null) {
      Names names = shape.listed();
      BitSet possible = left > missing.size() ? missing.left : missing.missing;
      int end = names.end(written);
      for (int i = possible.nextSetBit(names.begin(written));
          i >= 0 && i < end;
          i = possible.nextSetBit(i + 1)) {
        String known = names.get(i);
        if (continues(decoder, known, written.length()) && allows(shape, known)) {
          return true;
        }
      }
    }
    return left > missing.size() && allowsOthers(name, shape, decoder);
  }

  /** Whether the bytes within a character may become the next one of a known name. */
  private static boolean continues(Decoder decoder, String known, int at) {
    if (decoder.isBetween()) {
      return true;
    }
    if (at >= known.length()) {
      return false;
    }
    return decoder.mayBecome(known.codePointAt(at));
  }

  private boolean allowsOthers(Name name, ObjectShape shape, Decoder decoder) {
    int pattern = 0;
    boolean[] open = open(shape);
    for (int i = 0; i < open.length; i++) {
      boolean fits = open[i];
      for (ObjectShape.Patterned patterned : shape.parts.get(i).patterned()) {
        int state = name.states.get(pattern++);
        fits |= state != Dfa.DEAD && choices.areProductive(choices.of(patterned.terms()));
      }
      if (!fits) {
        return false;
      }
    }
    for (int i = 0; i < shape.nameShapes.size(); i++) {
      int state = name.states.get(pattern + i);
      if (!decoder.mayContinue(shape.nameShapes.get(i), state, name.counts.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether names that nobody lists are possible. */
  boolean mayHaveOther(Naming naming) {
    for (Name name : naming.names()) {
      if (allowsOthers(name, shape(naming.object().strands().get(name.strand)), naming.decoder())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a listed name begins as written, and then has a character. */
  boolean isListedNext(Naming naming, int c) {
    String written = naming.written();
    return written != null && isListed(naming.object(), written + (char) c);
  }

  /** The next characters of the listed names that begin as written. */
  Set<Integer> nextListed(Naming naming) {
    String written = naming.written();
    var next = new HashSet<Integer>();
    if (written == null) {
      return next;
    }
    for (Strand strand : naming.object().strands()) {
      shape(strand).listed().addNext(written, next);
    }
    return next;
  }

  /** Whether some reading by itself allows any name that begins as written, whatever follows. */
  boolean mayBeAny(Naming naming) {
    Container object = naming.object();
    for (Name name : naming.names()) {
      Strand strand = object.strands().get(name.strand);
      ObjectShape shape = shape(strand);
      if (shape.nameShapes.isEmpty()
          && patterns(shape).isEmpty()
          && shape.max - object.count() > missing(shape, object).size()
          && allowsOthers(name, shape, naming.decoder())
          && stacks.with(object, List.of(strand)) != null) {
        return true;
      }
    }
    return false;
  }

  /** Whether no pattern tells characters from U+0080 apart. */
  boolean isPlain(Naming naming) {
    for (Name name : naming.names()) {
      ObjectShape shape = shape(naming.object().strands().get(name.strand));
      List<EcmaPattern> all = patterns(shape);
      for (int i = 0; i < name.states.size(); i++) {
        int state = name.states.get(i);
        Dfa dfa = automaton(shape, all, i);
        if (state != Dfa.DEAD && dfa != null && !dfa.isPlain(state)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether no pattern tells two characters apart. */
  boolean areAlike(Naming naming, int a, int b) {
    for (Name name : naming.names()) {
      ObjectShape shape = shape(naming.object().strands().get(name.strand));
      List<EcmaPattern> all = patterns(shape);
      for (int i = 0; i < name.states.size(); i++) {
        int state = name.states.get(i);
        Dfa dfa = automaton(shape, all, i);
        if (state != Dfa.DEAD && dfa != null && dfa.step(state, a) != dfa.step(state, b)) {
          return false;
        }
      }
    }
    return true;
  }

  private static @Nullable Dfa automaton(ObjectShape shape, List<EcmaPattern> patterns, int i) {
    return i < patterns.size()
        ? patterns.get(i).automaton().orElse(null)
        : shape.nameShapes.get(i - patterns.size()).dfa();
  }

  /** Whether some reading allows one more member. */
  List<Strand> withMore(Container object) {
    List<Name> names = begin(object);
    var strands = new ArrayList<Strand>();
    for (Name name : names) {
      if (mayContinue(name, object, "", Decoder.START)) {
        strands.add(object.strands().get(name.strand));
      }
    }
    return strands;
  }

  /** Whether a written text may still become a name that some reading lists. */
  boolean isListed(Container object, String written) {
    for (Strand strand : object.strands()) {
      String next = shape(strand).names.ceiling(written);
      if (next != null && next.startsWith(written)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The place of a member's value; null if no reading allows a member of that name.
   *
   * @param written the name, null if no reading lists it
   */
  @Nullable Slot value(Container object, List<Name> names, @Nullable String written) {
    if (written != null && object.has(written)) {
      return null;
    }
    var goals = new Stacks.Goals();
    var strands = new ArrayList<Strand>();
    var needs = new ArrayList<List<Integer>>();
    boolean listed = false;
    for (Name name : names) {
      Strand strand = object.strands().get(name.strand);
      ObjectShape shape = shape(strand);
      boolean own = written != null && shape.names.contains(written);
      listed |= own;
      List<Choice> needed = needed(name, shape, own ? written : null);
      if (choices.areProductive(needed) && fits(name, shape, object, written)) {
        strands.add(strand);
        needs.add(goals.of(needed));
      }
    }
    if (strands.isEmpty()) {
      return null;
    }
    Container around = stacks.with(object, strands);
    if (around == null) {
      return null;
    }
    if (listed && written != null) {
      around =
          stacks.one(
              new Container(
                  around.slot(),
                  true,
                  around.strands(),
                  around.count(),
                  around.seenWith(written),
                  around.depth()));
    }
    List<List<List<Integer>>> none = strands.stream().map(_ -> List.<List<Integer>>of()).toList();
    return stacks.one(new Slot(around, goals.all, needs, none));
  }

  private List<Choice> needed(Name name, ObjectShape shape, @Nullable String listed) {
    if (listed != null) {
      return named(shape, listed);
    }
    List<EcmaPattern> all = patterns(shape);
    boolean[] matches = new boolean[all.size()];
    var terms = new ArrayList<Term>();
    int pattern = 0;
    for (ObjectShape.Part part : shape.parts) {
      boolean unsure = false;
      boolean matched = false;
      for (ObjectShape.Patterned patterned : part.patterned()) {
        Dfa dfa = all.get(pattern).automaton().orElse(null);
        int state = name.states.get(pattern);
        matches[pattern] = dfa != null && state != Dfa.DEAD && dfa.accepts(state);
        matched |= matches[pattern];
        unsure |= dfa == null;
        if (matches[pattern++]) {
          terms.addAll(patterned.terms());
        }
      }
      // Where a pattern has no automaton, its own schema or that of other members may apply.
      if (!matched && !unsure) {
        terms.addAll(part.rest());
      }
    }
    return choices.of(terms);
  }

  private boolean fits(Name name, ObjectShape shape, Container object, @Nullable String written) {
    Missing missing = missing(shape, object);
    int left = shape.max - object.count();
    if (left <= 0 || (missing.size() >= left && !isMissing(missing, shape, written))) {
      return false;
    }
    int from = name.states.size() - shape.nameShapes.size();
    for (int i = 0; i < shape.nameShapes.size(); i++) {
      if (!shape.nameShapes.get(i).accepts(name.states.get(from + i), name.counts.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMissing(Missing missing, ObjectShape shape, @Nullable String written) {
    int number = written == null ? -1 : shape.listed().of(written);
    return number >= 0 && missing.missing.get(number);
  }
}
