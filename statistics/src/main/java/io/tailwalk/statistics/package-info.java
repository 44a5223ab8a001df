/**
 * Confidence intervals that {@code sampling} and {@code coverage} share: betting capitals, Clopper
 * and Pearson's interval, Gaffke's bound.
 */
@NullMarked
package io.tailwalk.statistics;

import org.jspecify.annotations.NullMarked;
