/** Numbers with their uncertainty: intervals that state how each end is known. */
@NullMarked
package io.tailwalk.core.interval;

import org.jspecify.annotations.NullMarked;
