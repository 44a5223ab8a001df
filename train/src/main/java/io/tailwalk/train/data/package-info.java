/**
 * Token sequences to learn from, and batches whose order depends on the seed and the step alone.
 */
@NullMarked
package io.tailwalk.train.data;

import org.jspecify.annotations.NullMarked;
