package io.tailwalk.lab;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every experiment can be told.
 *
 * @param scale how much is run
 * @param seed of all randomness
 * @param threads at the same time, at least 1; never changes a number
 */
public record ExperimentSettings(Scale scale, long seed, int threads) {
  /** Refuses numbers out of range. */
  public ExperimentSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
  }

  /** Figures that begin with the scale and the seed. */
  public ObjectNode figures() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    return json.put("scale", scale.wireName()).put("seed", seed);
  }
}
