/** Small transformers trained as a file says. */
@NullMarked
package io.tailwalk.runs.train;

import org.jspecify.annotations.NullMarked;
