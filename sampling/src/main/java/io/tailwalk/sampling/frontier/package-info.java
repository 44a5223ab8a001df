/**
 * Draws from the frontier: unbiased, bounded estimates of the success probability given the past,
 * and the closing interval of every sampler.
 */
@NullMarked
package io.tailwalk.sampling.frontier;

import org.jspecify.annotations.NullMarked;
