package io.tailwalk.llama.gguf;

import java.util.List;

/**
 * An array in a GGUF header; long ones and those of other types stay in the file.
 *
 * @param elementType GGUF type number of the elements
 * @param length number of elements
 * @param values the elements of a short array of whole numbers; empty for other arrays
 */
public record GgufArray(int elementType, long length, List<Long> values) {
  /** Keeps an immutable copy. */
  public GgufArray {
    values = List.copyOf(values);
  }

  /** An array whose contents stay in the file. */
  public GgufArray(int elementType, long length) {
    this(elementType, length, List.of());
  }
}
