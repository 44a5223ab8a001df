/** The command {@code value}: values of prefixes that are learned from rollouts. */
@NullMarked
package io.tailwalk.cli.value;

import org.jspecify.annotations.NullMarked;
