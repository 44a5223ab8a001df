/** Coverage, cross-entropy and pass@N of a model on held-out data with a known distribution. */
@NullMarked
package io.tailwalk.train.evaluate;

import org.jspecify.annotations.NullMarked;
