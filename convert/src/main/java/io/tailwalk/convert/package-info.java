/** Conversion of Hugging Face checkpoints to GGUF. */
@NullMarked
package io.tailwalk.convert;

import org.jspecify.annotations.NullMarked;
