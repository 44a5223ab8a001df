package io.tailwalk.runs.sample;

import io.tailwalk.core.model.Prompt;

/**
 * One prompt to be answered.
 *
 * @param number position in the input, from 0
 * @param id id of the prompt
 * @param prompt the prompt
 */
public record PromptJob(long number, String id, Prompt prompt) {}
