package io.tailwalk.runs.sample;

import io.tailwalk.sampling.Sampling;

/**
 * What came of a prompt.
 *
 * @param job the prompt
 * @param promptTokenIds its tokens as the model saw them; shared, not to be written to
 * @param sampling the completions and what they cost
 * @param wallMillis time it took, milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as the model gave it, never compared
public record PromptResult(
    PromptJob job, int[] promptTokenIds, Sampling sampling, long wallMillis) {}
