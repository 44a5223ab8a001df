/** A finite tree given by the user: its exact distribution and a sampler's estimates of it. */
@NullMarked
package io.tailwalk.lab.tree;

import org.jspecify.annotations.NullMarked;
