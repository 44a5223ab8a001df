/** Values of prefixes learnt from rollouts: drawn, fitted, judged. */
@NullMarked
package io.tailwalk.runs.value;

import org.jspecify.annotations.NullMarked;
