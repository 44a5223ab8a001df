/** Samplers that choose among several candidate blocks of tokens at each stage. */
@NullMarked
package io.tailwalk.sampling.block;

import org.jspecify.annotations.NullMarked;
