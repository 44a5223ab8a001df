/** Best-of-N and divergences against the bounds from coverage, on exact distributions. */
@NullMarked
package io.tailwalk.lab.bound;

import org.jspecify.annotations.NullMarked;
