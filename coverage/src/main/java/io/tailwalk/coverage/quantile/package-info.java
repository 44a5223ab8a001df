/** Quantiles of the probabilities that models assign to held-out responses. */
@NullMarked
package io.tailwalk.coverage.quantile;

import org.jspecify.annotations.NullMarked;
