package io.tailwalk.coverage.turn;

/**
 * A turn that was found: coverage got worse while cross-entropy got better.
 *
 * @param from index of the earlier checkpoint, which covers more
 * @param to index of the later one
 * @param moreUncovered share of responses that the later one fails to cover, less that of the
 *     earlier
 * @param crossEntropyDrop by how much the later one's cross-entropy is smaller, nats per response
 */
public record Turn(int from, int to, double moreUncovered, double crossEntropyDrop) {}
