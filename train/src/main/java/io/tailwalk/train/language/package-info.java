/** Transformers as language models for samplers and scores, also with test-time training. */
@NullMarked
package io.tailwalk.train.language;

import org.jspecify.annotations.NullMarked;
