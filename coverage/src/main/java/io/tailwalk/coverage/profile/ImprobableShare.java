package io.tailwalk.coverage.profile;

import io.tailwalk.core.interval.Interval;

/**
 * The share of responses to which a model gives a probability of at most 1/N.
 *
 * @param model its name
 * @param n the factor N
 * @param value the share of the rows
 * @param interval at this N alone, over prompts
 */
public record ImprobableShare(String model, double n, double value, Interval interval) {}
