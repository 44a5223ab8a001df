/** Plain, normalised, adaptive and truncated steps on a problem that defeats constant plain steps. */
@NullMarked
package io.tailwalk.lab.steps;

import org.jspecify.annotations.NullMarked;
