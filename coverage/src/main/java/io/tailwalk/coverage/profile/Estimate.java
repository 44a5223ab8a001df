package io.tailwalk.coverage.profile;

import io.tailwalk.coverage.Interval;

/**
 * A number with its interval.
 *
 * @param value the estimate
 * @param interval where the truth lies at the level asked for
 */
public record Estimate(double value, Interval interval) {}
