package io.tailwalk.records;

import org.jspecify.annotations.Nullable;

/**
 * The model of a run.
 *
 * @param name as the user gave it
 * @param hash SHA-256 of its weights or definition in hexadecimal; null if it is unknown
 */
public record ModelStamp(String name, @Nullable String hash) {
  /** Refuses an empty name. */
  public ModelStamp {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the model has no name");
    }
  }
}
