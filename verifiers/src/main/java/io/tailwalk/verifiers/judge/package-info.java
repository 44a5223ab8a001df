/** A language model as a judge: the probability that it answers yes. */
@NullMarked
package io.tailwalk.verifiers.judge;

import org.jspecify.annotations.NullMarked;
