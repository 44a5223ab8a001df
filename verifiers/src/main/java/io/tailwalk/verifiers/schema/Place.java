package io.tailwalk.verifiers.schema;

import io.tailwalk.verifiers.schema.Stack.Container;
import io.tailwalk.verifiers.schema.Stack.Slot;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place in a JSON text, with the stack around it. */
sealed interface Place {

  /** Before a value; whitespace may follow. */
  record Value(Slot slot) implements Place {}

  /** Behind an opening bracket: an item or the closing bracket follows. */
  record FirstItem(Container array) implements Place {}

  /**
   * Within {@code true}, {@code false} or {@code null}.
   *
   * @param first its first letter
   * @param rest the characters to come
   */
  record Word(Slot slot, char first, String rest) implements Place {}

  /** Within a number. */
  record Digits(Slot slot, NumberText number) implements Place {}

  /**
   * Within a string.
   *
   * @param readings the sets of strings that it may still be in
   */
  record Text(Slot slot, List<Reading> readings, Decoder decoder) implements Place {}

  /**
   * A set of strings that a string may be in.
   *
   * @param goal which goal of the place the set belongs to
   * @param state a state of the set's automaton
   * @param count code points so far, as far as they matter
   */
  record Reading(int goal, StringShape shape, int state, int count) {}

  /** Behind a value in a container. */
  record After(Container container) implements Place {}

  /** Behind an opening brace: a name or the closing brace follows. */
  record FirstName(Container object) implements Place {}

  /** Behind a comma in an object. */
  record NextName(Container object) implements Place {}

  /**
   * Within a name.
   *
   * @param written the characters so far, null if no reading lists a name that begins so
   */
  record Naming(
      Container object, List<Members.Name> names, @Nullable String written, Decoder decoder)
      implements Place {}

  /** Behind a name. */
  record Colon(Slot slot) implements Place {}

  /** Behind the complete text; whitespace may follow. */
  record Done() implements Place {}

  /** The goals of a value that has ended. */
  record Ended(Slot slot, BitSet met) {}
}
