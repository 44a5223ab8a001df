/** Context-free grammars in GBNF as automata over bytes whose states are sets of stacks. */
@NullMarked
package io.tailwalk.verifiers.grammar;

import org.jspecify.annotations.NullMarked;
