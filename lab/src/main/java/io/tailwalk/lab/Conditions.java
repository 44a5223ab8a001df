package io.tailwalk.lab;

import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/**
 * Puts the conditions of a claim to the figures: keeps what was found and what failed, in words.
 * Texts are formats of {@link Formatter}, without a locale.
 */
public final class Conditions {
  private final List<String> found = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /**
   * What the conditions come to.
   *
   * @param holds whether none failed
   * @param summary what was found and what failed
   */
  private record Result(boolean holds, List<String> summary) implements Verdict {}

  /** Adds a figure that decides nothing by itself. */
  public Conditions found(String format, Object... figures) {
    found.add(text(format, figures));
    return this;
  }

  /** Adds a condition; the text, which has its figure, is there either way. */
  public Conditions require(boolean holds, String format, Object... figures) {
    return holds ? found(format, figures) : fail("fails: " + format, figures);
  }

  /** Adds a failure; the text says that it is one. */
  public Conditions fail(String format, Object... figures) {
    failures.add(text(format, figures));
    return this;
  }

  /** Adds a failure if a condition does not hold. */
  public Conditions failUnless(boolean holds, String format, Object... figures) {
    return holds ? this : fail(format, figures);
  }

  /** Whether nothing has failed so far. */
  public boolean hold() {
    return failures.isEmpty();
  }

  /** The verdict, failures before the other figures. */
  public Verdict failuresFirst() {
    return verdict(failures, found);
  }

  /** The verdict, failures behind the other figures. */
  public Verdict failuresLast() {
    return verdict(found, failures);
  }

  private Verdict verdict(List<String> first, List<String> last) {
    List<String> summary = new ArrayList<>(first);
    summary.addAll(last);
    return new Result(hold(), List.copyOf(summary));
  }

  // The annotation that has formats checked would be one more dependency.
  @SuppressWarnings("AnnotateFormatMethod")
  private static String text(String format, Object... figures) {
    return new Formatter(Locale.ROOT).format(format, figures).toString();
  }
}
