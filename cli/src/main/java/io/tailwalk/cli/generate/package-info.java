/** The command {@code generate}: completions of prompts, as rows of a file or as text. */
@NullMarked
package io.tailwalk.cli.generate;

import org.jspecify.annotations.NullMarked;
