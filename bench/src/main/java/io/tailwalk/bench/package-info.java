/** Benchmarks of the hot paths. */
@NullMarked
package io.tailwalk.bench;

import org.jspecify.annotations.NullMarked;
