/** The command that trains small models. */
@NullMarked
package io.tailwalk.cli.train;

import org.jspecify.annotations.NullMarked;
