/**
 * Choosing among candidates without a reference: tournament, its confidence set, the offset form,
 * the race.
 */
@NullMarked
package io.tailwalk.coverage.tournament;

import org.jspecify.annotations.NullMarked;
