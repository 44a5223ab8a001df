package io.tailwalk.lab.dyck;

import java.util.List;

/**
 * Errors with the value after a number of epochs.
 *
 * @param epoch number of epochs, from 1
 * @param heldOutLoss cross-entropy of the value on held-out prefixes (nats)
 * @param actionL1 exact distance of action-level sampling from the target, without dead ends
 * @param actionAlive exact probability that action-level sampling reaches no dead end
 * @param points points of action-level sampling and of the samplers that correct errors
 */
record EpochRow(
    int epoch, double heldOutLoss, double actionL1, double actionAlive, List<Point> points) {
  /** Keeps a copy. */
  EpochRow {
    points = List.copyOf(points);
  }

  Point of(String label) {
    return points.stream()
        .filter(point -> point.entrant().label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no figures of " + label));
  }
}
