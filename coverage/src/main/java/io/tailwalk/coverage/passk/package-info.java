/** pass@k, Best-of-N curves and paired comparison of runs, with intervals over prompts. */
@NullMarked
package io.tailwalk.coverage.passk;

import org.jspecify.annotations.NullMarked;
