/** Plain, normalised, adaptive and truncated steps where constant plain steps must fail. */
@NullMarked
package io.tailwalk.lab.steps;

import org.jspecify.annotations.NullMarked;
