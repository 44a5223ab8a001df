/**
 * Transformers trained on the graph-reasoning task, and what cross-entropy and coverage say of
 * their checkpoints.
 */
@NullMarked
package io.tailwalk.lab.graph;

import org.jspecify.annotations.NullMarked;
