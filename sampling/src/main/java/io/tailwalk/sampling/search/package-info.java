/** Searches: beam, and generation that takes back tokens. */
@NullMarked
package io.tailwalk.sampling.search;

import org.jspecify.annotations.NullMarked;
