package io.tailwalk.runs.sample;

import io.tailwalk.sampling.Sampling;

/**
 * The result of a prompt.
 *
 * @param job the prompt
 * @param promptTokenIds token ids of the prompt as passed to the model; shared, must not be
 *     modified
 * @param sampling the completions and their cost
 * @param wallMillis elapsed time, milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as the model gave it, never compared
public record PromptResult(
    PromptJob job, int[] promptTokenIds, Sampling sampling, long wallMillis) {}
