/** Populations of particles that are weighted, resampled and moved together. */
@NullMarked
package io.tailwalk.sampling.particle;

import org.jspecify.annotations.NullMarked;
