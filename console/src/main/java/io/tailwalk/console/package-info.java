/**
 * The parts that all command lines share: terminal output, progress, interrupts, one-sentence error
 * messages and exit codes.
 */
@NullMarked
package io.tailwalk.console;

import org.jspecify.annotations.NullMarked;
