/** The command {@code lab}: runs experiments and prints their verdicts. */
@NullMarked
package io.tailwalk.lab.command;

import org.jspecify.annotations.NullMarked;
