package io.tailwalk.lab.dyck;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("epoch", epoch).put("held_out_loss", heldOutLoss);
    json.put("action_level_l1_computed", actionL1);
    json.put("action_level_accuracy_computed", actionAlive);
    ArrayNode samplers = json.putArray("samplers");
    points.forEach(point -> samplers.add(point.json()));
    return json;
  }
}
