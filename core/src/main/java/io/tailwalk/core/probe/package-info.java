/**
 * Measures what a language model or server can do, rather than believing what it claims: whether
 * its log-probabilities are whole and raw, whether it goes back to earlier prefixes, how far its
 * numbers move, how fast it is.
 */
@NullMarked
package io.tailwalk.core.probe;

import org.jspecify.annotations.NullMarked;
