/** Flags that several commands take, and the checks of what they give. */
@NullMarked
package io.tailwalk.console.flags;

import org.jspecify.annotations.NullMarked;
