package io.tailwalk.coverage.paired;

import io.tailwalk.core.interval.Interval;

/**
 * A paired difference over prompts.
 *
 * @param value first minus second; NaN if unknown, infinite if only one has probability zero
 * @param interval for the distribution that the prompts were drawn from
 * @param standardError over prompts; NaN if unknown
 * @param furtherPrompts how many more prompts, with as many responses each, would settle it
 */
public record Difference(
    double value, Interval interval, double standardError, Needed furtherPrompts) {}
