/** The PyTorch engine behind Deep Java Library: its start, and scripts that run inside it. */
@NullMarked
package io.tailwalk.train.torch;

import org.jspecify.annotations.NullMarked;
