/** Estimates with intervals, computed from the draws of samplers. */
@NullMarked
package io.tailwalk.sampling.estimate;

import org.jspecify.annotations.NullMarked;
