/** Tokenizers of Hugging Face, by its own library, and what llama.cpp can take over of them. */
@NullMarked
package io.tailwalk.train.tokenizer;

import org.jspecify.annotations.NullMarked;
