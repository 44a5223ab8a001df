/**
 * Samplers that learn from what they have seen: twists of the value, the discrete particle filter,
 * and {@code auto}.
 */
@NullMarked
package io.tailwalk.sampling.adaptive;

import org.jspecify.annotations.NullMarked;
