package io.tailwalk.runs.sample;

import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.verify.ValueFunction;

/**
 * A value of prefixes after one prompt, and the context that a sampler has to use with it.
 *
 * @param value the value
 * @param context the context, possibly observed by the value
 */
public record Guided(ValueFunction value, ModelContext context) {}
