/** Weights of a checkpoint: safetensors files read strictly, and numbers in the forms of GGUF. */
@NullMarked
package io.tailwalk.convert.weights;

import org.jspecify.annotations.NullMarked;
