/**
 * Transformers trained on the graph-reasoning task, with cross-entropy and coverage of their
 * checkpoints.
 */
@NullMarked
package io.tailwalk.lab.graph;

import org.jspecify.annotations.NullMarked;
