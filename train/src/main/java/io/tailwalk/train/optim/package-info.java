/**
 * Optimisers of the coverage paper (arXiv 2510.15020) and the standard ones, and learning-rate
 * schedules.
 */
@NullMarked
package io.tailwalk.train.optim;

import org.jspecify.annotations.NullMarked;
