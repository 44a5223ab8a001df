/**
 * Verifiers by specification: {@code avoid:}, {@code length:}, {@code regex:}, {@code cmd:} and
 * their conjunction. {@code regex} holds the translation of patterns to byte automata, {@code
 * process} the external programs.
 */
@NullMarked
package io.tailwalk.verifiers;

import org.jspecify.annotations.NullMarked;
