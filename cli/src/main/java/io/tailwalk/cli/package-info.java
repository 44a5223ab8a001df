/**
 * The commands of {@code ./tailwalk}. This package holds the entry point, exit codes and messages;
 * each command has a package of its own beside it, and {@code console} what they show on a
 * terminal.
 */
@NullMarked
package io.tailwalk.cli;

import org.jspecify.annotations.NullMarked;
