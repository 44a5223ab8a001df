package io.tailwalk.core.model;

import java.util.Map;

/**
 * Identity of a model, as written into results.
 *
 * @param name as the user gave it, for example {@code builtin:carroll} or {@code
 *     gguf:models/x.gguf}
 * @param description one line for people: architecture, size, quantisation
 * @param fingerprint a hash that changes when the model's distribution changes (hex), for
 *     provenance
 * @param engine what else its computed probabilities depend on, such as the library that computes
 *     them: the hash or name of each part by a noun phrase; a run can be resumed only with the same
 */
public record ModelIdentity(
    String name, String description, String fingerprint, Map<String, String> engine) {
  /** Keeps an immutable copy. */
  public ModelIdentity {
    engine = Map.copyOf(engine);
  }

  /** A model that is computed by this program alone. */
  public ModelIdentity(String name, String description, String fingerprint) {
    this(name, description, fingerprint, Map.of());
  }
}
