/** All randomness: the chooser that samplers draw through, and seeded streams. */
@NullMarked
package io.tailwalk.core.random;

import org.jspecify.annotations.NullMarked;
