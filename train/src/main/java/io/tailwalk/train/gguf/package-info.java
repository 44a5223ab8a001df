/** Trained models as GGUF files, for llama.cpp and everything based on it. */
@NullMarked
package io.tailwalk.train.gguf;

import org.jspecify.annotations.NullMarked;
