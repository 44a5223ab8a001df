package io.tailwalk.coverage.turn;

/**
 * A detected turn: coverage got worse while cross-entropy got better.
 *
 * @param from index of the earlier checkpoint, which covers more
 * @param to index of the later one
 * @param moreUncovered share of responses that the later one fails to cover, minus that of the
 *     earlier one
 * @param crossEntropyDrop decrease of cross-entropy from the earlier to the later one, nats per
 *     response
 */
public record Turn(int from, int to, double moreUncovered, double crossEntropyDrop) {}
