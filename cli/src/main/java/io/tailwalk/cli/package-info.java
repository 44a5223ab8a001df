/**
 * The commands of {@code ./tailwalk}. This package contains the entry point and the small commands;
 * the larger commands are in subpackages. The module {@code console} contains the terminal output,
 * exit codes and messages that all commands share.
 */
@NullMarked
package io.tailwalk.cli;

import org.jspecify.annotations.NullMarked;
