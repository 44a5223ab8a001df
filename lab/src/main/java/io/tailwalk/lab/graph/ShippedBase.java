package io.tailwalk.lab.graph;

import io.tailwalk.lab.ShippedModel;

/**
 * The base model from which the quick scale starts. It was made, in about ten minutes of one core,
 * by
 *
 * <pre>./tailwalk lab coverage-vs-ce --scale quick --pretrain --seed 0 --checkpoints DIR</pre>
 *
 * <p>which writes it to {@code DIR/base.safetensors}.
 */
final class ShippedBase {
  private ShippedBase() {}

  /** The parameters of the model. */
  static float[] values(GraphPlan plan) {
    return ShippedModel.values(ShippedBase.class, plan.model());
  }
}
