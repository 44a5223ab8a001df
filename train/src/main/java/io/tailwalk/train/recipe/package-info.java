/** Training runs described by a file: data, tokenizer, shape, optimiser, and output folder. */
@NullMarked
package io.tailwalk.train.recipe;

import org.jspecify.annotations.NullMarked;
