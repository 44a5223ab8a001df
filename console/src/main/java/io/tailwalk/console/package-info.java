/**
 * What every command line shares: the terminal, progress, interrupts, refusals in one sentence, and
 * exit codes.
 */
@NullMarked
package io.tailwalk.console;

import org.jspecify.annotations.NullMarked;
