/** Markov chains over complete responses. */
@NullMarked
package io.tailwalk.sampling.chain;

import org.jspecify.annotations.NullMarked;
