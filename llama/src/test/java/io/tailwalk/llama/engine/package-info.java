/** Tests of installed libraries. */
@NullMarked
package io.tailwalk.llama.engine;

import org.jspecify.annotations.NullMarked;
