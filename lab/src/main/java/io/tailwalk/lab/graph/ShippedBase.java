package io.tailwalk.lab.graph;

import io.tailwalk.lab.ShippedModel;

/**
 * The base model that the quick scale begins from. It was made, in about ten minutes of one core,
 * by
 *
 * <pre>./tailwalk lab coverage-vs-ce --scale quick --pretrain --seed 0 --checkpoints DIR</pre>
 *
 * <p>which leaves it as {@code DIR/base.safetensors}.
 */
final class ShippedBase {
  private ShippedBase() {}

  /** Its parameters. */
  static float[] values(GraphPlan plan) {
    return ShippedModel.values(ShippedBase.class, plan.model());
  }
}
