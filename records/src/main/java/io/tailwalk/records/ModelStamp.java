package io.tailwalk.records;

import org.jspecify.annotations.Nullable;

/**
 * Which model a run used.
 *
 * @param name as the user gave it
 * @param hash SHA-256 of its weights or definition in hexadecimal; null where it cannot be known
 */
public record ModelStamp(String name, @Nullable String hash) {
  /** Refuses a blank name. */
  public ModelStamp {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the model has no name");
    }
  }
}
