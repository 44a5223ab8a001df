package io.tailwalk.python;

/**
 * Result of running code with its tests.
 *
 * @param passed number of passed tests
 * @param total number of tests; at least 1
 * @param reason the first failure, in one line; empty if all passed
 */
public record CodeVerdict(int passed, int total, String reason) {
  /** Refuses impossible counts. */
  public CodeVerdict {
    if (total < 1 || passed < 0 || passed > total) {
      throw new IllegalArgumentException(passed + " of " + total + " tests passed is impossible");
    }
  }

  /** Whether every test passed. */
  public boolean allPassed() {
    return passed == total;
  }
}
