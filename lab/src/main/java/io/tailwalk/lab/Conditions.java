package io.tailwalk.lab;

import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/**
 * Checks the conditions of a claim against the figures and records, in words, what was found and
 * what failed. Texts are format strings of {@link Formatter}, formatted without a locale.
 */
public final class Conditions {
  private final List<String> found = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /**
   * The verdict that the conditions imply.
   *
   * @param holds whether no condition failed
   * @param summary what was found and what failed
   */
  private record Result(boolean holds, List<String> summary) implements Verdict {}

  /** Adds a figure that does not affect the verdict. */
  public Conditions found(String format, Object... figures) {
    found.add(text(format, figures));
    return this;
  }

  /** Adds a condition; its text, which states the figure, appears in either case. */
  public Conditions require(boolean holds, String format, Object... figures) {
    return holds ? found(format, figures) : fail("fails: " + format, figures);
  }

  /** Adds a failure; the text must state that it is a failure. */
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

  /** The verdict, failures after the other figures. */
  public Verdict failuresLast() {
    return verdict(found, failures);
  }

  private Verdict verdict(List<String> first, List<String> last) {
    List<String> summary = new ArrayList<>(first);
    summary.addAll(last);
    return new Result(hold(), List.copyOf(summary));
  }

  // The annotation that enables format checks would need another dependency.
  @SuppressWarnings("AnnotateFormatMethod")
  private static String text(String format, Object... figures) {
    return new Formatter(Locale.ROOT).format(format, figures).toString();
  }
}
