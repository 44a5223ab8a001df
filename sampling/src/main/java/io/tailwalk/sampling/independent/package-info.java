/**
 * Samplers that draw complete responses independently of one another: from the base model, filtered
 * by their reward, or guided by the value.
 */
@NullMarked
package io.tailwalk.sampling.independent;

import org.jspecify.annotations.NullMarked;
