package io.tailwalk.convert.weights;

/** What llama.cpp expects to be different in a tensor. */
public sealed interface Change {
  /** The tensor as it is. */
  Change NONE = new None();

  /** One more than stored: Gemma's norms multiply by 1 + w. */
  Change PLUS_ONE = new PlusOne();

  /** No change. */
  record None() implements Change {}

  /** One is added to every number. */
  record PlusOne() implements Change {}

  /**
   * Rows of queries or keys in another order. Transformers turns the first half of a head's
   * features against the second half, llama.cpp's Llama turns neighbouring pairs.
   *
   * @param width number of rows of a head
   */
  record Pairs(int width) implements Change {}

  /** The stored row that comes to a place. */
  default int row(int place) {
    if (!(this instanceof Pairs(int width))) {
      return place;
    }
    int inside = place % width;
    return place - inside + (inside % 2) * (width / 2) + inside / 2;
  }
}
