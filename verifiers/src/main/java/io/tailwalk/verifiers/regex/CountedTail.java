package io.tailwalk.verifiers.regex;

import io.tailwalk.core.verify.Closure;
import io.tailwalk.verifiers.regex.RegexProgram.Op;
import org.jspecify.annotations.Nullable;

/**
 * The characters that may follow within a counted repetition of one set at the end of a pattern, as
 * in {@code .{1,1000}}. Other patterns show theirs through their states.
 */
final class CountedTail {
  /** Wide characters that a {@link Closure} says nothing about. */
  private static final CodeSet WIDE =
      new CodeSet(new int[] {0x80, CodeSet.END}).and(CodeSet.of(0x85, 0x2028, 0x2029).not());

  private CountedTail() {}

  /** What may follow a position in any order; null if it is not within such a repetition. */
  static @Nullable Closure closure(RegexProgram program, Formula main) {
    int[] plain = main.plain();
    boolean one = plain.length == 1 || (plain.length == 2 && plain[0] == RegexProgram.ACCEPT);
    int node = one ? plain[plain.length - 1] : RegexProgram.ACCEPT;
    if (main.guarded().length > 0 || program.op(node) != Op.ONE) {
      return null;
    }
    int repeat = program.next(node);
    if (program.op(repeat) != Op.REPEAT || program.next(repeat) != RegexProgram.ACCEPT) {
      return null;
    }
    CodeSet set = program.sets().get(program.arg(node));
    if (!(program.repeated(repeat) instanceof Term.One(CodeSet next)) || !next.equals(set)) {
      return null;
    }
    int room = 1 + program.copiesLeft(repeat);
    CodeSet wide = set.and(WIDE);
    long low = bits(set, 0);
    long high = bits(set, Long.SIZE);
    return new Closure(low, high, wide.equals(WIDE), ~low, ~high, wide.isEmpty(), room, true);
  }

  private static long bits(CodeSet set, int from) {
    long bits = 0;
    for (int c = 0; c < Long.SIZE; c++) {
      bits |= set.contains(from + c) ? 1L << c : 0;
    }
    return bits;
  }
}
