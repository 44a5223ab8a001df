package io.tailwalk.core.model;

/**
 * Identity of a model, as written into results.
 *
 * @param name as the user gave it, for example {@code builtin:carroll} or {@code
 *     gguf:models/x.gguf}
 * @param description one line for people: architecture, size, quantisation
 * @param fingerprint a hash that changes when the model's distribution changes (hex), for
 *     provenance
 */
public record ModelIdentity(String name, String description, String fingerprint) {}
