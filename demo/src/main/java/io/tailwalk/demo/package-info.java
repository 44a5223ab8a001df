/**
 * The command {@code demo}: three samplers at the same budget on the embedded model, and a choice
 * among checkpoints.
 */
@NullMarked
package io.tailwalk.demo;

import org.jspecify.annotations.NullMarked;
