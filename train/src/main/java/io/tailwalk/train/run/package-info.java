/** The training loop: steps, listeners, metrics, checkpoints that resume bit for bit. */
@NullMarked
package io.tailwalk.train.run;

import org.jspecify.annotations.NullMarked;
