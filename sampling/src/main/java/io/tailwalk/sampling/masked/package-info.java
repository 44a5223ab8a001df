/** Value-guided backtracking on sequences whose tokens are revealed in any order. */
@NullMarked
package io.tailwalk.sampling.masked;

import org.jspecify.annotations.NullMarked;
