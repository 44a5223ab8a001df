/** Whether coverage has turned over a training run while cross-entropy still falls. */
@NullMarked
package io.tailwalk.coverage.turn;

import org.jspecify.annotations.NullMarked;
