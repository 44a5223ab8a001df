/** Models and tokenizers in the folders that Transformers and vLLM read. */
@NullMarked
package io.tailwalk.train.huggingface;

import org.jspecify.annotations.NullMarked;
