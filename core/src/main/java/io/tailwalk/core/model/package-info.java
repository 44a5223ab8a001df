/**
 * Language models as laws of the next token: weights, contexts behind a prompt, vocabularies,
 * log-probabilities.
 */
@NullMarked
package io.tailwalk.core.model;

import org.jspecify.annotations.NullMarked;
