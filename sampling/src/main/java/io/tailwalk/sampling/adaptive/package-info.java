/**
 * Samplers that learn from earlier draws: twists of the value, the discrete particle filter, and
 * {@code auto}.
 */
@NullMarked
package io.tailwalk.sampling.adaptive;

import org.jspecify.annotations.NullMarked;
