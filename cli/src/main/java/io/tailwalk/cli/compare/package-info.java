/** {@code compare}: samplers side by side on the same prompts at the same budget. */
@NullMarked
package io.tailwalk.cli.compare;

import org.jspecify.annotations.NullMarked;
