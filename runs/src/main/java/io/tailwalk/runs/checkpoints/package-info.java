/**
 * Scoring of responses under models, and analyses of the scores: profiles, tournaments, races,
 * training runs and pass@k.
 */
@NullMarked
package io.tailwalk.runs.checkpoints;

import org.jspecify.annotations.NullMarked;
