/** What a run costs and may cost, counted the same way for every sampler. */
@NullMarked
package io.tailwalk.core.cost;

import org.jspecify.annotations.NullMarked;
