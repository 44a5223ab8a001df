package io.tailwalk.chat.jinja;

/** Limits of one rendering: steps, nesting, and the length of texts and lists. */
final class Meter {
  /** Evaluated expressions and statements; the templates of known models need a few thousand. */
  private static final long MOST_STEPS = 5_000_000;

  /** Characters or elements that one operation may produce. */
  static final int MOST_LENGTH = 16_000_000;

  /** Nested evaluations; each needs some frames of the thread's stack. */
  private static final int MOST_DEPTH = 400;

  /** Characters that count as one step. */
  private static final int STEP = 16;

  /** Compared characters that count as one step. */
  private static final int COMPARED = 1024;

  private long steps;
  private int depth;

  void step() {
    if (++steps > MOST_STEPS) {
      throw new TemplateFault("it does not end within " + MOST_STEPS + " steps");
    }
  }

  /** Counts an operation that produces or reads this many characters or elements. */
  void length(long length) {
    if (length > MOST_LENGTH) {
      throw new TemplateFault("it makes a text or list longer than " + MOST_LENGTH);
    }
    steps += length / STEP;
    step();
  }

  /** Counts the search for a text in another, which compares at most each with each. */
  void search(long length, long part) {
    steps += length * part / COMPARED;
    step();
  }

  void enter() {
    step();
    if (++depth > MOST_DEPTH) {
      throw new TemplateFault("it is nested more than " + MOST_DEPTH + " deep");
    }
  }

  void leave() {
    depth--;
  }
}
