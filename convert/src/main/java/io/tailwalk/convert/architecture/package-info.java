/** Architectures: what a configuration means and which tensors of llama.cpp it becomes. */
@NullMarked
package io.tailwalk.convert.architecture;

import org.jspecify.annotations.NullMarked;
