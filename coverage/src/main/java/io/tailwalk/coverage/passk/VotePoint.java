package io.tailwalk.coverage.passk;

import io.tailwalk.core.interval.Interval;
import java.util.Optional;

/**
 * The share of prompts whose vote over k samples is right.
 *
 * @param k number of samples
 * @param value mean over prompts, unbiased
 * @param interval pointwise, for the distribution that the prompts were drawn from
 * @param standardError of the value given the samples, where subsets were drawn at random; empty if
 *     the value is exact
 */
public record VotePoint(long k, double value, Interval interval, Optional<Double> standardError) {}
