/** Coverage, cross-entropy and pass@N of a model on held-out data whose distribution is known. */
@NullMarked
package io.tailwalk.train.evaluate;

import org.jspecify.annotations.NullMarked;
