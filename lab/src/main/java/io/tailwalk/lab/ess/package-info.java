/** Error of every sampler at equal cost on trees with known distributions. */
@NullMarked
package io.tailwalk.lab.ess;

import org.jspecify.annotations.NullMarked;
