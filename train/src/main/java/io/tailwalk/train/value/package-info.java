/**
 * Values learned from Monte-Carlo rollouts (arXiv 2510.03149, section 2 of whose experiments
 * regress a perceptron on them): rollouts, training, the file, and plain inference.
 */
@NullMarked
package io.tailwalk.train.value;

import org.jspecify.annotations.NullMarked;
