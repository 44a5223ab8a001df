package io.tailwalk.verifiers.schema;

import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.core.verify.Closure;
import io.tailwalk.verifiers.schema.Place.Naming;
import io.tailwalk.verifiers.schema.Place.Reading;
import io.tailwalk.verifiers.schema.Place.Text;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Which characters may follow a place in any order. */
final class PlaceClosures {
  /** Characters of a string that are neither its end nor an escape. */
  private static final long ORDINARY_LOW = ~0L << ' ' & ~(1L << '"');

  private static final long ORDINARY_HIGH = ~(1L << '\\');
  private static final long CONTROL = ~(~0L << ' ');

  private final Stacks stacks;
  private final Members members;

  PlaceClosures(Stacks stacks, Members members) {
    this.stacks = stacks;
    this.members = members;
  }

  /** What may follow in any order. */
  Closure closure(Place place, int[] row) {
    if (place instanceof Text text && text.decoder().isBetween()) {
      Closure any = any(text);
      return any == null ? repeated(text, row) : any;
    }
    if (place instanceof Naming naming
        && naming.decoder().isBetween()
        && members.mayBeAny(naming)) {
      return new Closure(
          ORDINARY_LOW, ORDINARY_HIGH, true, CONTROL, 0, false, Closure.ENDLESS, false);
    }
    return barred(row);
  }

  private boolean isEnough(Text text, Reading reading) {
    var only = new BitSet();
    only.set(reading.goal());
    return stacks.restricted(text.slot(), only) != null;
  }

  /** Where a reading by itself allows some characters whatever they are; otherwise null. */
  private @Nullable Closure any(Text text) {
    Closure widest = null;
    for (Reading reading : text.readings()) {
      int room = room(reading);
      if (reading.shape().dfa() == null
          && room > (widest == null ? 0 : widest.room())
          && isEnough(text, reading)) {
        boolean limit = isLimit(text, reading, room);
        widest = new Closure(ORDINARY_LOW, ORDINARY_HIGH, true, CONTROL, 0, false, room, limit);
      }
    }
    return widest;
  }

  /** Where a pattern's automaton stays in its state for some characters. */
  private Closure repeated(Text text, int[] row) {
    Closure best = barred(row);
    long most = 0;
    for (Reading reading : text.readings()) {
      Dfa dfa = reading.shape().dfa();
      int room = room(reading);
      if (dfa == null || room <= 0) {
        continue;
      }
      int state = reading.state();
      long low = 0;
      long high = 0;
      for (int c = 0; c < 64; c++) {
        low |= dfa.step(state, c) == state ? 1L << c : 0;
        high |= dfa.step(state, c + 64) == state ? 1L << c : 0;
      }
      low &= ORDINARY_LOW;
      high &= ORDINARY_HIGH;
      boolean wide = dfa.isPlain(state) && dfa.step(state, 0x80) == state;
      long gain =
          (Long.bitCount(low) + Long.bitCount(high) + (wide ? 64L : 0)) * Math.min(room, 64);
      if (gain > most && isEnough(text, reading)) {
        most = gain;
        best = new Closure(low, high, wide, CONTROL, 0, false, room, isLimit(text, reading, room));
        if (text.readings().size() == 1) {
          best = withBarred(best, dfa, state);
        }
      }
    }
    return best;
  }

  /** Where there is one reading, characters that its automaton does not have are dead. */
  private static Closure withBarred(Closure free, Dfa dfa, int state) {
    long low = free.barredLow();
    long high = free.barredHigh();
    for (int c = 0; c < 64; c++) {
      low |= dfa.step(state, c) == Dfa.DEAD ? 1L << c & ORDINARY_LOW : 0;
      high |= dfa.step(state, c + 64) == Dfa.DEAD ? 1L << c & ORDINARY_HIGH : 0;
    }
    boolean wide = dfa.isPlain(state) && dfa.step(state, 0x80) == Dfa.DEAD;
    return new Closure(
        free.freeLow(),
        free.freeHigh(),
        free.wideIsFree(),
        low,
        high,
        wide,
        free.room(),
        free.isLimit());
  }

  /** How many characters may follow before those that the automaton still needs. */
  private static int room(Reading reading) {
    StringShape shape = reading.shape();
    if (shape.max() >= Dfa.ENDLESS) {
      return Closure.ENDLESS;
    }
    Dfa dfa = shape.dfa();
    return shape.max() - reading.count() - (dfa == null ? 0 : dfa.shortest(reading.state()));
  }

  /** Whether one more character is dead for every reading; one of them stays in its state. */
  private static boolean isLimit(Text text, Reading staying, int room) {
    for (Reading reading : text.readings()) {
      int most = reading.equals(staying) ? room : reading.shape().max() - reading.count();
      if (most > room) {
        return false;
      }
    }
    return room != Closure.ENDLESS;
  }

  /** Only what the row says already. */
  private static Closure barred(int[] row) {
    long low = 0;
    long high = 0;
    for (int c = 0; c < 64; c++) {
      low |= row[c] == ByteAutomaton.DEAD ? 1L << c : 0;
      high |= row[c + 64] == ByteAutomaton.DEAD ? 1L << c : 0;
    }
    boolean wide = true;
    for (int b = 0xC2; b < 0xF5; b++) {
      wide &= row[b] == ByteAutomaton.DEAD;
    }
    return new Closure(0, 0, false, low, high, wide, 0, true);
  }
}
