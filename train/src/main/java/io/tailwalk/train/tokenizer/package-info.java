/** Tokenizers of Hugging Face, by its own library, and their conversion for llama.cpp. */
@NullMarked
package io.tailwalk.train.tokenizer;

import org.jspecify.annotations.NullMarked;
