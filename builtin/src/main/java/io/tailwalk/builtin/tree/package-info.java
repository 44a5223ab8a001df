/** Finite trees given node by node, or drawn at random, with their exact distributions. */
@NullMarked
package io.tailwalk.builtin.tree;

import org.jspecify.annotations.NullMarked;
