/** Flags that several commands share, and checks of their values. */
@NullMarked
package io.tailwalk.console.flags;

import org.jspecify.annotations.NullMarked;
