/** The command {@code cache}. */
@NullMarked
package io.tailwalk.cli.cache;

import org.jspecify.annotations.NullMarked;
