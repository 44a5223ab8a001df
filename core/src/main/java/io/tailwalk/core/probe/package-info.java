/**
 * Measures what a language model or server can do, independently of its claims: whether its
 * log-probabilities are complete and raw, whether it can return to earlier prefixes, how much its
 * numbers vary, and how fast it is.
 */
@NullMarked
package io.tailwalk.core.probe;

import org.jspecify.annotations.NullMarked;
