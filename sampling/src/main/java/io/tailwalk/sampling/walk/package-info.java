/**
 * Random walks on the generation tree: transition kernels, tours between root visits, parallel
 * walks.
 */
@NullMarked
package io.tailwalk.sampling.walk;

import org.jspecify.annotations.NullMarked;
