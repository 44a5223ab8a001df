/**
 * Regular expressions as automata over UTF-8 bytes that detect when a match has become impossible.
 */
@NullMarked
package io.tailwalk.verifiers.regex;

import org.jspecify.annotations.NullMarked;
