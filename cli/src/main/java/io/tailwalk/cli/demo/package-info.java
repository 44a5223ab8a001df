/** The command {@code demo}: three samplers at equal cost on the embedded model. */
@NullMarked
package io.tailwalk.cli.demo;

import org.jspecify.annotations.NullMarked;
