package io.tailwalk.core.model;

/**
 * What a model is, as written into results.
 *
 * @param name as the user gave it, for example {@code builtin:carroll} or {@code
 *     gguf:models/x.gguf}
 * @param description one line for people: architecture, size, quantisation
 * @param fingerprint a hash that changes when the model's law changes (hex), for provenance
 */
public record ModelIdentity(String name, String description, String fingerprint) {}
