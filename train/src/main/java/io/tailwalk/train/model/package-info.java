/**
 * Decoder-only transformers: their shapes, their parameters, their log-probabilities and gradients.
 */
@NullMarked
package io.tailwalk.train.model;

import org.jspecify.annotations.NullMarked;
