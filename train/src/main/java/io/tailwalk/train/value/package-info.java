/**
 * Fits a perceptron to rollouts (as in the experiments of arXiv 2510.03149, which regress one on
 * them).
 */
@NullMarked
package io.tailwalk.train.value;

import org.jspecify.annotations.NullMarked;
