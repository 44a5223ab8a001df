package io.tailwalk.verifiers.regex;

import static io.tailwalk.verifiers.regex.Term.sequence;
import static io.tailwalk.verifiers.regex.Term.union;

import io.tailwalk.verifiers.regex.Term.Ahead;
import io.tailwalk.verifiers.regex.Term.Behind;
import io.tailwalk.verifiers.regex.Term.End;
import io.tailwalk.verifiers.regex.Term.One;
import io.tailwalk.verifiers.regex.Term.Start;

/**
 * Anchors and word boundaries by what is before and after them, as {@code java.util.regex} decides
 * them. The instances are constants, so that a boundary that occurs often is followed once.
 */
final class Assertions {
  private static final Term ANY = new One(CodeSet.ALL);
  private static final Term LINE_FEED = new One(CodeSet.of('\n'));
  private static final Term RETURN = new One(CodeSet.of('\r'));
  private static final Term NOT_LINE_FEED =
      new One(new CodeSet(new int[] {0, '\n'}).or(CodeSet.ALL.and(after('\n'))));
  private static final CodeSet OTHER_ENDS = CodeSet.of(0x85, 0x2028, 0x2029);

  static final Term START = new Start();
  static final Term END = new End();

  /** {@code \R}. */
  static final Term LINE_BREAK =
      union(sequence(RETURN, LINE_FEED), new One(CodeSet.of(10, 11, 12, 13, 0x85, 0x2028, 0x2029)));

  private static final Term MORE = new Ahead(ANY, false);
  private static final Term AFTER_LINE_FEED = new Behind(LINE_FEED, false);
  private static final Term NOT_AFTER_RETURN = new Behind(RETURN, true);

  /** {@code ^} with flag m: never at the end of the text, not even of an empty one. */
  private static final Term LINE_START =
      union(
          sequence(union(START, new Behind(new One(OTHER_ENDS.or(CodeSet.of('\n'))), false)), MORE),
          sequence(new Behind(RETURN, false), new Ahead(NOT_LINE_FEED, false)));

  private static final Term UNIX_LINE_START = sequence(union(START, AFTER_LINE_FEED), MORE);

  private static final Term LINE_END =
      union(
          END,
          new Ahead(new One(OTHER_ENDS.or(CodeSet.of('\r'))), false),
          sequence(NOT_AFTER_RETURN, new Ahead(LINE_FEED, false)));

  private static final Term UNIX_LINE_END = union(END, new Ahead(LINE_FEED, false));

  private static final Term LAST_LINE_END =
      union(
          END,
          new Ahead(
              union(
                  sequence(new One(OTHER_ENDS.or(CodeSet.of('\r'))), END),
                  sequence(RETURN, LINE_FEED, END)),
              false),
          sequence(NOT_AFTER_RETURN, new Ahead(sequence(LINE_FEED, END), false)));

  private static final Term UNIX_LAST_LINE_END =
      union(END, new Ahead(sequence(LINE_FEED, END), false));

  private final Term boundary;
  private final Term noBoundary;

  /**
   * Boundaries of words.
   *
   * @param word the characters of {@code \w}
   * @param letters letters and digits of the basic plane, behind which a mark belongs to the word
   * @param marks non-spacing marks
   */
  Assertions(CodeSet word, CodeSet letters, CodeSet marks) {
    boolean marksAreWords = marks.and(word).equals(marks);
    Term one = new One(word);
    Term base = new One(letters);
    Term mark = new One(marks);
    // The JDK steps back by half characters, so only marks of the basic plane continue a word.
    Term innerMark = new One(marks.and(new CodeSet(new int[] {0, 0x10000})));
    Term before =
        marksAreWords
            ? one
            : union(one, sequence(base, new Term.Repeated(innerMark, 1, Term.ENDLESS)));
    Term onBase = sequence(base, new Term.Repeated(innerMark, 0, Term.ENDLESS));
    Term left = new Behind(before, false);
    Term noLeft = new Behind(before, true);
    Term right = new Ahead(one, false);
    Term noRight = new Ahead(one, true);
    if (!marksAreWords) {
      right = union(right, sequence(new Behind(onBase, false), new Ahead(mark, false)));
      noRight = sequence(noRight, union(new Behind(onBase, true), new Ahead(mark, true)));
    }
    this.boundary = union(sequence(left, noRight), sequence(noLeft, right));
    this.noBoundary = union(sequence(left, right), sequence(noLeft, noRight));
  }

  /** {@code \b}. */
  Term boundary() {
    return boundary;
  }

  /** {@code \B}. */
  Term noBoundary() {
    return noBoundary;
  }

  /** {@code ^}. */
  static Term start(boolean lines, boolean unix) {
    return !lines ? START : unix ? UNIX_LINE_START : LINE_START;
  }

  /** {@code $}, and {@code \Z} without lines. */
  static Term end(boolean lines, boolean unix) {
    if (lines) {
      return unix ? UNIX_LINE_END : LINE_END;
    }
    return unix ? UNIX_LAST_LINE_END : LAST_LINE_END;
  }

  private static CodeSet after(int c) {
    return new CodeSet(new int[] {c + 1, CodeSet.END});
  }
}
