/**
 * Values of prefixes learnt from rollouts: features, the perceptron, its file, and inference in
 * plain Java. No PyTorch; fitting is {@code io.tailwalk.train.value}.
 */
@NullMarked
package io.tailwalk.values;

import org.jspecify.annotations.NullMarked;
