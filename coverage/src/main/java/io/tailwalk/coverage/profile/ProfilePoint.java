package io.tailwalk.coverage.profile;

import io.tailwalk.core.interval.Interval;

/**
 * The profile at one N.
 *
 * @param n the factor N
 * @param coverage share of responses that the model under-weights by N or more; smaller is better
 * @param band simultaneous band for all N, guaranteed
 * @param pointwise interval for this N alone, narrower; guaranteed if rows are independent
 */
public record ProfilePoint(double n, double coverage, Interval band, Interval pointwise) {}
