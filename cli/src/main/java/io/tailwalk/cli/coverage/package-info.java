/** Commands for scoring, coverage profiles, tournaments, pass@k and watching a training run. */
@NullMarked
package io.tailwalk.cli.coverage;

import org.jspecify.annotations.NullMarked;
