/**
 * Coverage: how much of a distribution's probability a model under-weights by a factor N, and
 * decisions based on it. Mergeable aggregates; no files, clocks or threads.
 */
@NullMarked
package io.tailwalk.coverage;

import org.jspecify.annotations.NullMarked;
