package io.tailwalk.convert;

import java.util.List;

/**
 * What was written.
 *
 * @param architecture llama.cpp's name of the architecture
 * @param type storage type of the matrices
 * @param parameters number of weights
 * @param bytes size of the file
 * @param notes what differs from the checkpoint or limits the file, in clauses
 */
public record Converted(
    String architecture, NumberType type, long parameters, long bytes, List<String> notes) {
  /** Keeps an immutable copy. */
  public Converted {
    notes = List.copyOf(notes);
  }
}
