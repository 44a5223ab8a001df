package io.tailwalk.coverage.profile;

import io.tailwalk.core.interval.Interval;

/**
 * The profile at one N.
 *
 * @param n the factor N
 * @param coverage share of responses that the model under-weights by N or more; smaller is better
 * @param band holds at all N at once, guaranteed
 * @param pointwise holds at this N alone, and is narrower; guaranteed where rows are independent
 */
public record ProfilePoint(double n, double coverage, Interval band, Interval pointwise) {}
