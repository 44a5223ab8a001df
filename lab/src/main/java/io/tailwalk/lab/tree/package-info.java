/** A finite tree given by the user: exact distribution, and a sampler's estimates beside it. */
@NullMarked
package io.tailwalk.lab.tree;

import org.jspecify.annotations.NullMarked;
