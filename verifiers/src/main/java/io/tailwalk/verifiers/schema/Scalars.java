package io.tailwalk.verifiers.schema;

import io.tailwalk.verifiers.schema.Place.Colon;
import io.tailwalk.verifiers.schema.Place.Digits;
import io.tailwalk.verifiers.schema.Place.Ended;
import io.tailwalk.verifiers.schema.Place.Naming;
import io.tailwalk.verifiers.schema.Place.Reading;
import io.tailwalk.verifiers.schema.Place.Text;
import io.tailwalk.verifiers.schema.Place.Word;
import io.tailwalk.verifiers.schema.Stack.Container;
import io.tailwalk.verifiers.schema.Stack.Slot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Words, numbers, strings and names, byte by byte. */
final class Scalars {
  private final Stacks stacks;
  private final Members members;

  Scalars(Stacks stacks, Members members) {
    this.stacks = stacks;
    this.members = members;
  }

  private static BitSet goals(Slot slot, Predicate<Shape> condition) {
    var goals = new BitSet();
    for (int i = 0; i < slot.goals().size(); i++) {
      List<Shape> shapes = slot.goals().get(i).shapes;
      for (int j = 0; j < shapes.size(); j++) {
        if (condition.test(shapes.get(j))) {
          goals.set(i);
          break;
        }
      }
    }
    return goals;
  }

  /** {@code true}, {@code false} or {@code null} from its first letter. */
  @Nullable Place beginWord(Slot slot, char first) {
    Slot rest = stacks.restricted(slot, ofWord(slot, first));
    return rest == null
        ? null
        : new Word(rest, first, first == 't' ? "rue" : first == 'f' ? "alse" : "ull");
  }

  BitSet ofWord(Slot slot, char first) {
    return goals(
        slot,
        shape -> first == 't' ? shape.trues() : first == 'f' ? shape.falses() : shape.nulls());
  }

  static boolean isOfNumber(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
  }

  @Nullable Place beginNumber(Slot slot, char c) {
    return digit(new Digits(slot, NumberText.START), c);
  }

  /** The place after a character of a number. */
  @Nullable Place digit(Digits digits, char c) {
    Slot slot = digits.slot();
    boolean plain = true;
    boolean integers = true;
    for (Choice goal : slot.goals()) {
      for (Shape shape : goal.shapes) {
        NumberShape numbers = shape.numbers();
        plain &= numbers == null || numbers.isAny();
        integers &= numbers == null || numbers.isAny() || numbers.isAllIntegers();
      }
    }
    NumberText read = digits.number().with(c, !plain);
    NumberText number = integers && !plain ? read.shortened() : read;
    if (number.at() == NumberText.At.NOWHERE || number.text().length() > JsonValues.MAX_NUMBER) {
      return null;
    }
    BitSet possible =
        goals(
            slot,
            shape ->
                shape.numbers() != null
                    && (shape.numbers().isAny() || number.mayReach(shape.numbers())));
    Slot rest = stacks.restricted(slot, possible);
    return rest == null ? null : new Digits(rest, number);
  }

  /** The goals that a complete number meets. */
  BitSet met(Digits digits) {
    NumberText number = digits.number();
    BigDecimal value = number.text().isEmpty() ? BigDecimal.ZERO : number.value();
    return goals(digits.slot(), shape -> shape.numbers() != null && shape.numbers().admits(value));
  }

  @Nullable Place beginText(Slot slot) {
    var readings = new LinkedHashSet<Reading>();
    for (int goal = 0; goal < slot.goals().size(); goal++) {
      for (Shape shape : slot.goals().get(goal).shapes) {
        if (shape.strings() != null) {
          readings.add(new Reading(goal, shape.strings(), 0, 0));
        }
      }
    }
    return possible(slot, List.copyOf(readings), Decoder.START);
  }

  private @Nullable Place possible(Slot slot, List<Reading> readings, Decoder decoder) {
    var goals = new BitSet();
    var left = new ArrayList<Reading>();
    for (Reading reading : readings) {
      if (decoder.mayContinue(reading.shape(), reading.state(), reading.count())) {
        left.add(reading);
        goals.set(reading.goal());
      }
    }
    Slot rest = stacks.restricted(slot, goals);
    return rest == null
        ? null
        : new Text(rest, List.copyOf(left), isPlain(left) ? decoder.plain() : decoder);
  }

  /** Whether no reading tells characters from U+0080 apart. */
  static boolean isPlain(List<Reading> readings) {
    for (Reading reading : readings) {
      if (!reading.shape().isPlain(reading.state())) {
        return false;
      }
    }
    return true;
  }

  /** Whether no reading tells two characters apart. */
  static boolean areAlike(List<Reading> readings, int a, int b) {
    for (Reading reading : readings) {
      if (!reading.shape().areAlike(reading.state(), a, b)) {
        return false;
      }
    }
    return true;
  }

  /** The place within the string, its end, or null. */
  @Nullable Object text(Text text, byte next) {
    var read = new Read();
    Decoder decoder = text.decoder().with(next, read);
    if (decoder.mode() == Decoder.Mode.INVALID) {
      return null;
    }
    List<Reading> readings = text.readings();
    for (int i = 0; i < read.count; i++) {
      readings = after(readings, read.codePoints[i]);
    }
    if (decoder.mode() != Decoder.Mode.END) {
      return possible(text.slot(), readings, decoder);
    }
    var met = new BitSet();
    for (Reading reading : readings) {
      if (reading.shape().accepts(reading.state(), reading.count())) {
        met.set(reading.goal());
      }
    }
    return new Ended(text.slot(), met);
  }

  /** Characters that one byte completes: a lone surrogate before it may be one more. */
  private static final class Read implements Decoder.Sink {
    private final int[] codePoints = new int[2];
    private int count;

    @Override
    public void accept(int codePoint) {
      codePoints[count++] = codePoint;
    }
  }

  private static List<Reading> after(List<Reading> readings, int c) {
    if (readings.size() == 1 && readings.getFirst().shape().dfa() == null) {
      Reading one = readings.getFirst();
      int count = one.shape().counted(one.count() + 1);
      return count == one.count()
          ? readings
          : List.of(new Reading(one.goal(), one.shape(), 0, count));
    }
    var out = new LinkedHashSet<Reading>();
    for (Reading reading : readings) {
      StringShape shape = reading.shape();
      int state = shape.dfa() == null ? 0 : shape.dfa().step(reading.state(), c);
      if (state != Dfa.DEAD) {
        out.add(new Reading(reading.goal(), shape, state, shape.counted(reading.count() + 1)));
      }
    }
    return List.copyOf(out);
  }

  @Nullable Place beginName(Container object) {
    return naming(object, members.begin(object), "", Decoder.START);
  }

  private @Nullable Place naming(
      Container object, List<Members.Name> names, @Nullable String written, Decoder decoder) {
    String listed = written != null && members.isListed(object, written) ? written : null;
    var left = new ArrayList<Members.Name>();
    for (Members.Name name : names) {
      if (members.mayContinue(name, object, listed, decoder)) {
        left.add(name);
      }
    }
    if (left.isEmpty()) {
      return null;
    }
    if (left.size() == object.strands().size()) {
      return plain(new Naming(object, List.copyOf(left), listed, decoder));
    }
    Container rest =
        stacks.with(object, left.stream().map(n -> object.strands().get(n.strand())).toList());
    return rest == null
        ? null
        : plain(new Naming(rest, Members.renumbered(left, rest), listed, decoder));
  }

  private Naming plain(Naming naming) {
    return naming.written() == null
            && naming.decoder().mode() == Decoder.Mode.UTF8
            && members.isPlain(naming)
        ? new Naming(naming.object(), naming.names(), null, naming.decoder().plain())
        : naming;
  }

  /** The place within a name or behind it. */
  @Nullable Place name(Naming naming, byte next) {
    var read = new Read();
    Decoder decoder = naming.decoder().with(next, read);
    if (decoder.mode() == Decoder.Mode.INVALID) {
      return null;
    }
    List<Members.Name> names = naming.names();
    String written = naming.written();
    for (int i = 0; i < read.count; i++) {
      int c = read.codePoints[i];
      var after = new ArrayList<Members.Name>(names.size());
      for (Members.Name name : names) {
        Members.Name more = members.with(name, naming.object(), c);
        if (more != null) {
          after.add(more);
        }
      }
      names = after;
      written = written == null ? null : written + Character.toString(c);
    }
    if (decoder.mode() != Decoder.Mode.END) {
      return naming(naming.object(), names, written, decoder);
    }
    String listed = written != null && members.isListed(naming.object(), written) ? written : null;
    Slot slot = members.value(naming.object(), names, listed);
    return slot == null ? null : new Colon(slot);
  }
}
