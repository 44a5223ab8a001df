/** Learning values of prefixes from rollouts: drawing, fitting and assessment. */
@NullMarked
package io.tailwalk.runs.value;

import org.jspecify.annotations.NullMarked;
