/** All randomness: the chooser of the samplers, and seeded streams. */
@NullMarked
package io.tailwalk.core.random;

import org.jspecify.annotations.NullMarked;
