/** Estimates with intervals, read from what samplers saw. */
@NullMarked
package io.tailwalk.sampling.estimate;

import org.jspecify.annotations.NullMarked;
