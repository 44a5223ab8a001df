/**
 * Language models as next-token distributions: weights, contexts of a prompt, vocabularies,
 * log-probabilities.
 */
@NullMarked
package io.tailwalk.core.model;

import org.jspecify.annotations.NullMarked;
