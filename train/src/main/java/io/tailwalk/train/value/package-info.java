/**
 * Values learned from Monte-Carlo rollouts (as in the experiments of arXiv 2510.03149, which
 * regress a perceptron on them): rollouts, training, the file, and plain inference.
 */
@NullMarked
package io.tailwalk.train.value;

import org.jspecify.annotations.NullMarked;
