/**
 * Values of prefixes learnt from rollouts: what they are shown, the perceptron, its file, and plain
 * inference. No PyTorch; fitting is {@code io.tailwalk.train.value}.
 */
@NullMarked
package io.tailwalk.values;

import org.jspecify.annotations.NullMarked;
