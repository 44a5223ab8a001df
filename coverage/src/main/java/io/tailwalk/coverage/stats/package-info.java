/** Intervals, bands, tests and sums that the rest of the module uses. */
@NullMarked
package io.tailwalk.coverage.stats;

import org.jspecify.annotations.NullMarked;
