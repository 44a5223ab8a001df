/** The command {@code lab}: runs experiments and shows their verdicts. */
@NullMarked
package io.tailwalk.lab.command;

import org.jspecify.annotations.NullMarked;
