/** The command {@code verify}: verdicts on given texts. */
@NullMarked
package io.tailwalk.cli.verify;

import org.jspecify.annotations.NullMarked;
