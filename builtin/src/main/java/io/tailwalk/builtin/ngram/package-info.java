/** A byte-level n-gram language model, trained at start-up from a text resource. */
@NullMarked
package io.tailwalk.builtin.ngram;

import org.jspecify.annotations.NullMarked;
