/** {@code lab}: runs experiments and shows their verdicts. */
@NullMarked
package io.tailwalk.cli.lab;

import org.jspecify.annotations.NullMarked;
