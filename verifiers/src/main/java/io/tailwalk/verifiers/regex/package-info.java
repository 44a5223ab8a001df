/** Regular expressions as automata over UTF-8 bytes that know where a match has become hopeless. */
@NullMarked
package io.tailwalk.verifiers.regex;

import org.jspecify.annotations.NullMarked;
