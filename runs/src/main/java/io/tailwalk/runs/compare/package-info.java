/** Samplers side by side on the same prompts at the same use of model tokens. */
@NullMarked
package io.tailwalk.runs.compare;

import org.jspecify.annotations.NullMarked;
