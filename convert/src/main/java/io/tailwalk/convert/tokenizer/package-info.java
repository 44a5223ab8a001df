/** Tokenizers of Hugging Face in the forms that llama.cpp computes alike. */
@NullMarked
package io.tailwalk.convert.tokenizer;

import org.jspecify.annotations.NullMarked;
