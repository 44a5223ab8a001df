/** Value-guided backtracking on masked sequences, on problems small enough to enumerate. */
@NullMarked
package io.tailwalk.lab.masked;

import org.jspecify.annotations.NullMarked;
