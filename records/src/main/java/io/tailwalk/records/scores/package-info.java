/**
 * Given responses and graded samples, read from JSON lines, and the scores of responses under
 * models.
 */
@NullMarked
package io.tailwalk.records.scores;

import org.jspecify.annotations.NullMarked;
