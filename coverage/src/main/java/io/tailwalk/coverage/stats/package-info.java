/** Intervals, bands, tests and sums that the rest of the module rests on. */
@NullMarked
package io.tailwalk.coverage.stats;

import org.jspecify.annotations.NullMarked;
