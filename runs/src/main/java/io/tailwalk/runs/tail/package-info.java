/** The success probability of the model, and pass@k predicted from it. */
@NullMarked
package io.tailwalk.runs.tail;

import org.jspecify.annotations.NullMarked;
