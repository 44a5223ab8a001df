/**
 * Tiny models with known weights: a GGUF writer, and their exact distributions in double precision.
 */
@NullMarked
package io.tailwalk.llama.tiny;

import org.jspecify.annotations.NullMarked;
