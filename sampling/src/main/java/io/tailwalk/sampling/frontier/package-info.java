/**
 * Draws from the frontier: unbiased, bounded estimates of the success probability given everything
 * seen before, and the interval that every sampler ends with.
 */
@NullMarked
package io.tailwalk.sampling.frontier;

import org.jspecify.annotations.NullMarked;
