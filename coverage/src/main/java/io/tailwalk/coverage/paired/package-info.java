/** Two models or runs on the same prompts: their difference, and what would settle it. */
@NullMarked
package io.tailwalk.coverage.paired;

import org.jspecify.annotations.NullMarked;
