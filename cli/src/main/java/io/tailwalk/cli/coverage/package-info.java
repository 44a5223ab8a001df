/** Scoring responses, coverage profiles, tournaments, pass@k and the watch over a training run. */
@NullMarked
package io.tailwalk.cli.coverage;

import org.jspecify.annotations.NullMarked;
