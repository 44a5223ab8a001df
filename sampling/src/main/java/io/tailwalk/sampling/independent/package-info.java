/**
 * Samplers that make whole responses independently of one another: from the model itself, filtered
 * by their reward, or guided by the value on the way down.
 */
@NullMarked
package io.tailwalk.sampling.independent;

import org.jspecify.annotations.NullMarked;
