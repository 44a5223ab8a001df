/**
 * Coverage: how much of a distribution's mass a model under-weights by a factor N, and what is
 * decided from it. Mergeable aggregates; no files, clocks or threads.
 */
@NullMarked
package io.tailwalk.coverage;

import org.jspecify.annotations.NullMarked;
