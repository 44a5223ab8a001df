package io.tailwalk.verifiers.schema;

import io.tailwalk.verifiers.schema.Place.After;
import io.tailwalk.verifiers.schema.Place.Colon;
import io.tailwalk.verifiers.schema.Place.Digits;
import io.tailwalk.verifiers.schema.Place.Done;
import io.tailwalk.verifiers.schema.Place.FirstItem;
import io.tailwalk.verifiers.schema.Place.FirstName;
import io.tailwalk.verifiers.schema.Place.Naming;
import io.tailwalk.verifiers.schema.Place.NextName;
import io.tailwalk.verifiers.schema.Place.Text;
import io.tailwalk.verifiers.schema.Place.Value;
import io.tailwalk.verifiers.schema.Place.Word;
import io.tailwalk.verifiers.schema.Stack.Container;
import io.tailwalk.verifiers.schema.Stack.Slot;
import io.tailwalk.verifiers.schema.Stack.Strand;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From one place of a JSON text to the next (RFC 8259), along a schema. */
final class Walk {
  private final Stacks stacks;
  private final Members members;
  private final Scalars scalars;
  private final Slot root;

  Walk(Choices choices, List<Choice> goals) {
    choices.forgetMany();
    this.stacks = new Stacks(choices);
    this.members = new Members(choices, stacks);
    this.scalars = new Scalars(stacks, members);
    this.root = stacks.root(goals);
  }

  Stacks stacks() {
    return stacks;
  }

  Members members() {
    return members;
  }

  Place start() {
    return new Value(root);
  }

  /** The place after a byte; null if no text that the schema admits continues like that. */
  @Nullable Place step(Place from, byte next) {
    char c = (char) (next & 0xFF);
    boolean space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    return switch (from) {
      case Value(Slot slot) -> space ? from : begin(slot, c);
      case FirstItem(Container array) -> space ? from : firstItem(array, c);
      case Word word -> word(word, c);
      case Digits digits -> digits(digits, c, next);
      case Text text -> ended(scalars.text(text, next));
      case Naming naming -> scalars.name(naming, next);
      case Colon(Slot slot) -> space ? from : c == ':' ? new Value(slot) : null;
      case FirstName(Container object) -> space ? from : firstName(object, c);
      case NextName(Container object) -> space ? from : c == '"' ? scalars.beginName(object) : null;
      case After(Container container) -> space ? from : after(container, c);
      case Done _ -> space ? from : null;
    };
  }

  /** Whether a text that ends here is complete. */
  boolean accepts(Place at) {
    return at instanceof Done
        || (at instanceof Digits digits
            && digits.slot().around() == null
            && digits.number().at().isComplete()
            && end(digits.slot(), scalars.met(digits)) != null);
  }

  private @Nullable Place begin(Slot slot, char c) {
    return switch (c) {
      case '{' -> {
        Container object = stacks.open(slot, true);
        yield object == null ? null : new FirstName(object);
      }
      case '[' -> {
        Container array = stacks.open(slot, false);
        yield array == null ? null : new FirstItem(array);
      }
      case '"' -> scalars.beginText(slot);
      case 't', 'f', 'n' -> scalars.beginWord(slot, c);
      default -> scalars.beginNumber(slot, c);
    };
  }

  private @Nullable Place firstItem(Container array, char c) {
    if (c == ']') {
      return end(array.slot(), Stacks.closed(array));
    }
    Slot slot = stacks.item(array);
    return slot == null ? null : begin(slot, c);
  }

  private @Nullable Place firstName(Container object, char c) {
    if (c == '}') {
      return end(object.slot(), Stacks.closed(object));
    }
    return c == '"' ? scalars.beginName(object) : null;
  }

  private @Nullable Place word(Word word, char c) {
    if (word.rest().charAt(0) != c) {
      return null;
    }
    String rest = word.rest().substring(1);
    return rest.isEmpty()
        ? end(word.slot(), scalars.ofWord(word.slot(), word.first()))
        : new Word(word.slot(), word.first(), rest);
  }

  private @Nullable Place digits(Digits digits, char c, byte next) {
    Place more = scalars.digit(digits, c);
    if (more != null || !digits.number().at().isComplete() || Scalars.isOfNumber(c)) {
      return more;
    }
    Place after = end(digits.slot(), scalars.met(digits));
    return after == null ? null : step(after, next);
  }

  private @Nullable Place ended(@Nullable Object textOrEnd) {
    return textOrEnd instanceof Place.Ended(Slot slot, BitSet met)
        ? end(slot, met)
        : (Place) textOrEnd;
  }

  /** Behind a value that met some goals. */
  private @Nullable Place end(Slot slot, BitSet met) {
    if (slot.around() == null) {
      return Slot.areMet(slot.needs().getFirst(), met) ? new Done() : null;
    }
    Container container = stacks.after(slot, met);
    return container == null ? null : new After(container);
  }

  private @Nullable Place after(Container container, char c) {
    if (c == ',' && container.isObject()) {
      List<Strand> more = members.withMore(container);
      Container left = more.isEmpty() ? null : stacks.with(container, more);
      return left == null ? null : new NextName(left);
    }
    if (c == ',') {
      Slot slot = stacks.item(container);
      return slot == null ? null : new Value(slot);
    }
    return c == (container.isObject() ? '}' : ']')
        ? end(container.slot(), Stacks.closed(container))
        : null;
  }
}
