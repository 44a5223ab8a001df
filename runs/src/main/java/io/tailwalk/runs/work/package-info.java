/**
 * What all long work of the library shares: who looks on and may end it, what to do with files that
 * are there, and the two exceptions it throws.
 */
@NullMarked
package io.tailwalk.runs.work;

import org.jspecify.annotations.NullMarked;
