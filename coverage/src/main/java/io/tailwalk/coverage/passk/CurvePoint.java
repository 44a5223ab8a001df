package io.tailwalk.coverage.passk;

import io.tailwalk.coverage.Interval;

/**
 * A curve at one k.
 *
 * @param k number of samples
 * @param value mean over prompts
 * @param interval pointwise, over prompts
 */
public record CurvePoint(long k, double value, Interval interval) {}
