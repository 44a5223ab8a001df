package io.tailwalk.python;

/**
 * What became of a piece of code and its tests.
 *
 * @param passed tests that passed
 * @param total tests there are; at least 1
 * @param reason the first thing that went wrong, in one line; empty if all passed
 */
public record CodeVerdict(int passed, int total, String reason) {
  /** Refuses counts that make no sense. */
  public CodeVerdict {
    if (total < 1 || passed < 0 || passed > total) {
      throw new IllegalArgumentException(passed + " of " + total + " tests passed makes no sense");
    }
  }

  /** Whether every test passed. */
  public boolean allPassed() {
    return passed == total;
  }
}
