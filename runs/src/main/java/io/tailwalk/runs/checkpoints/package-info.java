/**
 * Responses scored under models, and what follows from the scores: races, training runs watched,
 * pass@k.
 */
@NullMarked
package io.tailwalk.runs.checkpoints;

import org.jspecify.annotations.NullMarked;
