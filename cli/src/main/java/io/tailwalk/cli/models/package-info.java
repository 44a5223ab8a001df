/** What {@code --model} takes, and the command that lists it. */
@NullMarked
package io.tailwalk.cli.models;

import org.jspecify.annotations.NullMarked;
