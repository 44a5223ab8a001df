/** Costs and budgets of runs, counted the same way for every sampler. */
@NullMarked
package io.tailwalk.core.cost;

import org.jspecify.annotations.NullMarked;
