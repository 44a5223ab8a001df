/** The foundation of all modules: model, value, tree, cost. */
@NullMarked
package io.tailwalk.core;

import org.jspecify.annotations.NullMarked;
