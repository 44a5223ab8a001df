/** The tree of partial generations: storage, expansion through the model, draws of children. */
@NullMarked
package io.tailwalk.core.tree;

import org.jspecify.annotations.NullMarked;
