package io.tailwalk.runs.sample;

import io.tailwalk.sampling.Completion;

/**
 * A completion as it was found, before its prompt's run has ended.
 *
 * @param job the prompt
 * @param completion the completion; it need not be among the draws of the run
 */
public record FoundCompletion(PromptJob job, Completion completion) {}
