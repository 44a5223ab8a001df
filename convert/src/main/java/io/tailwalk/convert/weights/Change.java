package io.tailwalk.convert.weights;

/**
 * What llama.cpp expects to be different in a tensor.
 *
 * @param addsOne whether every number is one more than stored: Gemma's norms multiply by 1 + w
 * @param pairWidth number of rows of a head whose rows change places; 0 if none does. Transformers
 *     turns the first half of a head's features against the second half, llama.cpp's Llama turns
 *     neighbouring pairs
 */
public record Change(boolean addsOne, int pairWidth) {
  /** The tensor as it is. */
  public static final Change NONE = new Change(false, 0);

  /** One is added to every number. */
  public static final Change PLUS_ONE = new Change(true, 0);

  /** Rows of queries or keys in the order of llama.cpp's Llama. */
  public static Change pairs(int width) {
    return new Change(false, width);
  }

  /** Whether rows change places. */
  boolean movesRows() {
    return pairWidth > 0;
  }

  /** The stored row that comes to a place. */
  int row(int place) {
    if (!movesRows()) {
      return place;
    }
    int inside = place % pairWidth;
    return place - inside + (inside % 2) * (pairWidth / 2) + inside / 2;
  }
}
