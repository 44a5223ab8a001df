/** Best-of-N and divergences against the bounds that coverage gives, on exact distributions. */
@NullMarked
package io.tailwalk.lab.bound;

import org.jspecify.annotations.NullMarked;
