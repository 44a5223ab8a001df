/**
 * Sampling problems with known answers: a model, a value function and a verifier together, and
 * errors put on exact values.
 */
@NullMarked
package io.tailwalk.builtin.problem;

import org.jspecify.annotations.NullMarked;
