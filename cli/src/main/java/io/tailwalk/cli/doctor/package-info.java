/** The command {@code doctor}: measures what a model can do. */
@NullMarked
package io.tailwalk.cli.doctor;

import org.jspecify.annotations.NullMarked;
