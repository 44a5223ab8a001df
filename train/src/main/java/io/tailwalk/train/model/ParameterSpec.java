package io.tailwalk.train.model;

import java.util.List;

/**
 * One named parameter inside the vector of all.
 *
 * @param name as in GGUF files; {@code attn_qkv} and {@code ffn_gate_up} are stacked here
 * @param shape rows and columns, or one length; row-major, as {@code y = W x}
 * @param offset where it begins in the vector
 * @param initial standard deviation of its first values; 0 for all zeros, NaN for all ones
 */
public record ParameterSpec(String name, List<Integer> shape, int offset, double initial) {
  /** With a fixed shape. */
  public ParameterSpec {
    shape = List.copyOf(shape);
  }

  /** Number of values. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
