/** How probable passing is under the model itself, and pass@k that follows from it. */
@NullMarked
package io.tailwalk.runs.tail;

import org.jspecify.annotations.NullMarked;
