package io.tailwalk.verifiers.schema;

import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.verifiers.schema.Place.Digits;
import io.tailwalk.verifiers.schema.Place.Naming;
import io.tailwalk.verifiers.schema.Place.Reading;
import io.tailwalk.verifiers.schema.Place.Text;
import io.tailwalk.verifiers.schema.Place.Word;
import io.tailwalk.verifiers.schema.Stack.Container;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Which bytes are the same at a place, so that one step fills in all of them: bytes that JSON does
 * not have there, whitespace, and characters of a string that nothing tells apart.
 */
final class PlaceBytes {
  private static final String SPACE = " \t\n\r";
  private static final String VALUE = "{[\"tfn-0123456789";
  private static final int UNKNOWN = ByteAutomaton.UNKNOWN;

  private final Members members;

  PlaceBytes(Members members) {
    this.members = members;
  }

  /**
   * Writes what is certain before any step.
   *
   * @param state the place's own number
   */
  void prepare(Place place, int state, int[] row) {
    Arrays.fill(row, ByteAutomaton.DEAD);
    switch (place) {
      case Place.Value _ -> spaced(VALUE, state, row);
      case Place.FirstItem _ -> spaced(VALUE + "]", state, row);
      case Place.Colon _ -> spaced(":", state, row);
      case Place.FirstName _ -> spaced("\"}", state, row);
      case Place.NextName _ -> spaced("\"", state, row);
      case Place.After(Container container) ->
          spaced(container.isObject() ? ",}" : ",]", state, row);
      case Place.Done _ -> spaced("", state, row);
      case Word word -> ask(word.rest().substring(0, 1), row);
      case Digits _ -> ask("0123456789-+.eE,}]" + SPACE, row);
      case Text text -> decoded(text.decoder(), row);
      case Naming naming -> {
        decoded(naming.decoder(), row);
        if (naming.decoder().isBetween() && !members.mayHaveOther(naming)) {
          listed(naming, row);
        }
      }
    }
  }

  private static void spaced(String characters, int state, int[] row) {
    ask(characters, row);
    for (int i = 0; i < SPACE.length(); i++) {
      row[SPACE.charAt(i)] = state;
    }
  }

  private static void ask(String characters, int[] row) {
    for (int i = 0; i < characters.length(); i++) {
      row[characters.charAt(i)] = UNKNOWN;
    }
  }

  /** What UTF-8 and JSON's escapes allow within a string. */
  private static void decoded(Decoder decoder, int[] row) {
    switch (decoder.mode()) {
      case BETWEEN -> {
        Arrays.fill(row, ' ', 0x80, UNKNOWN);
        Arrays.fill(row, 0xC2, 0xF5, UNKNOWN);
      }
      case UTF8 -> Arrays.fill(row, 0x80, 0xC0, UNKNOWN);
      case ESCAPE -> ask("\"\\/bfnrtu", row);
      case HEX -> ask("0123456789abcdefABCDEF", row);
      case END, INVALID -> {}
    }
  }

  /** Where only listed names are possible, only their next characters are. */
  private void listed(Naming naming, int[] row) {
    Arrays.fill(row, ByteAutomaton.DEAD);
    ask("\"\\", row);
    for (int c : members.nextListed(naming)) {
      row[firstByte(c)] = UNKNOWN;
    }
  }

  private static int firstByte(int c) {
    return c < 0x80 ? c : c < 0x800 ? 0xC0 | c >> 6 : c < 0x10000 ? 0xE0 | c >> 12 : 0xF0 | c >> 18;
  }

  /** Writes a step, and the same for the bytes that lead to the same place. */
  void fill(Place place, int b, int to, int[] row) {
    row[b] = to;
    boolean lives = to != ByteAutomaton.DEAD;
    switch (place) {
      case Text(_, List<Reading> readings, Decoder decoder) -> {
        if (decoder.mode() == Decoder.Mode.UTF8 && lives && Scalars.isPlain(readings)) {
          continued(decoder, to, row);
        } else if (decoder.isBetween() && b >= 0x80 && Scalars.isPlain(readings)) {
          begun(b, to, row);
        } else if (decoder.isBetween() && isOrdinary(b)) {
          for (int c = ' '; c < 0x80; c++) {
            if (row[c] == UNKNOWN && isOrdinary(c) && Scalars.areAlike(readings, b, c)) {
              row[c] = to;
            }
          }
        }
      }
      case Naming naming -> {
        Decoder decoder = naming.decoder();
        boolean plain = naming.written() == null && members.isPlain(naming);
        if (decoder.mode() == Decoder.Mode.UTF8 && lives && plain) {
          continued(decoder, to, row);
        } else if (decoder.isBetween() && b >= 0x80 && plain) {
          begun(b, to, row);
        } else if (decoder.isBetween() && isOrdinary(b)) {
          named(naming, b, to, row);
        }
      }
      default -> {}
    }
  }

  private void named(Naming naming, int b, int to, int[] row) {
    if (members.isListedNext(naming, b)) {
      return;
    }
    Set<Integer> next = naming.written() == null ? Set.of() : members.nextListed(naming);
    for (int c = ' '; c < 0x80; c++) {
      if (row[c] == UNKNOWN
          && isOrdinary(c)
          && !next.contains(c)
          && members.areAlike(naming, b, c)) {
        row[c] = to;
      }
    }
  }

  private static boolean isOrdinary(int c) {
    return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
  }

  /** First bytes of characters that are told apart by their length only. */
  private static void begun(int b, int to, int[] row) {
    for (int other = 0xC2; other < 0xF5; other++) {
      if (row[other] == UNKNOWN && kind(other) == kind(b)) {
        row[other] = to;
      }
    }
  }

  /** First bytes behind which the same bytes are well-formed have the same kind. */
  private static int kind(int first) {
    return switch (first) {
      case 0xE0, 0xED, 0xF0, 0xF4 -> first;
      default -> first >> 4 < 0xE ? 0xC : first >> 4;
    };
  }

  /** The bytes that are well-formed within a character. */
  private static void continued(Decoder decoder, int to, int[] row) {
    int from = 0x80;
    int end = 0xC0;
    if (decoder.missing() == 2) {
      from = decoder.first() == 0x800 ? 0xA0 : from;
      end = decoder.first() == 0xD000 ? 0xA0 : end;
    } else if (decoder.missing() == 3) {
      from = decoder.first() == 0x10000 ? 0x90 : from;
      end = decoder.first() == 0x100000 ? 0x90 : end;
    }
    Arrays.fill(row, 0x80, 0xC0, ByteAutomaton.DEAD);
    Arrays.fill(row, from, end, to);
  }
}
