/** The commands {@code generate}, {@code tail} and {@code compare}, which draw completions. */
@NullMarked
package io.tailwalk.cli.generate;

import org.jspecify.annotations.NullMarked;
