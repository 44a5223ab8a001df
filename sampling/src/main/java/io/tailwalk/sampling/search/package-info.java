/** Searches: beam search, and generation that erases tokens. */
@NullMarked
package io.tailwalk.sampling.search;

import org.jspecify.annotations.NullMarked;
