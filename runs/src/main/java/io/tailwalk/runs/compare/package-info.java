/** Comparison of samplers on the same prompts with the same use of model tokens. */
@NullMarked
package io.tailwalk.runs.compare;

import org.jspecify.annotations.NullMarked;
