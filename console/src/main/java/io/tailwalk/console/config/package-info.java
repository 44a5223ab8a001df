/** Flags that a file gives for every command line. */
@NullMarked
package io.tailwalk.console.config;

import org.jspecify.annotations.NullMarked;
