/**
 * KL and coverage at convergence as the horizon grows (arXiv 2510.15020, Fig. 2 and App. C.3), on
 * the layered-graph task.
 */
@NullMarked
package io.tailwalk.lab.horizon;

import org.jspecify.annotations.NullMarked;
