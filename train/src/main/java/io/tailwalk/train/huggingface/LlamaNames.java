package io.tailwalk.train.huggingface;

import io.tailwalk.train.model.ParameterSpec;
import io.tailwalk.train.model.TransformerConfig;
import io.tailwalk.values.SafeTensors;
import java.util.List;
import java.util.Map;

/**
 * Parameters under the names of Transformers' Llama. It turns the first half of a head's features
 * against the second, where ours turns neighbouring pairs, so the rows of queries and keys are put
 * in another order.
 */
final class LlamaNames {
  private LlamaNames() {}

  static void add(
      Map<String, SafeTensors.Tensor> tensors,
      ParameterSpec parameter,
      float[] values,
      TransformerConfig config) {
    String name = parameter.name();
    int d = config.embedding();
    int at = parameter.offset();
    if (!name.startsWith("blk.")) {
      String other =
          switch (name) {
            case "token_embd.weight" -> "model.embed_tokens.weight";
            case "output_norm.weight" -> "model.norm.weight";
            case "output.weight" -> "lm_head.weight";
            default -> throw new IllegalStateException("no name for " + name);
          };
      put(tensors, other, parameter.shape(), values, at);
      return;
    }
    int dot = name.indexOf('.', 4);
    String block = "model.layers." + name.substring(4, dot) + ".";
    switch (name.substring(dot + 1)) {
      case "attn_qkv.weight" -> {
        String attention = block + "self_attn.";
        put(tensors, attention + "q_proj.weight", List.of(d, d), turned(values, at, config), 0);
        float[] keys = turned(values, at + d * d, config);
        put(tensors, attention + "k_proj.weight", List.of(d, d), keys, 0);
        put(tensors, attention + "v_proj.weight", List.of(d, d), values, at + 2 * d * d);
      }
      case "attn_output.weight" ->
          put(tensors, block + "self_attn.o_proj.weight", List.of(d, d), values, at);
      case "ffn_gate_up.weight" -> {
        int f = config.feedForward();
        put(tensors, block + "mlp.gate_proj.weight", List.of(f, d), values, at);
        put(tensors, block + "mlp.up_proj.weight", List.of(f, d), values, at + f * d);
      }
      case "ffn_down.weight" ->
          put(tensors, block + "mlp.down_proj.weight", parameter.shape(), values, at);
      case "attn_norm.weight" ->
          put(tensors, block + "input_layernorm.weight", List.of(d), values, at);
      case "ffn_norm.weight" ->
          put(tensors, block + "post_attention_layernorm.weight", List.of(d), values, at);
      default -> throw new IllegalStateException("no name for " + name);
    }
  }

  /** Rows {@code 2 i + j} of each head become rows {@code j w/2 + i}, w the width of a head. */
  private static float[] turned(float[] values, int offset, TransformerConfig config) {
    int d = config.embedding();
    int width = d / config.heads();
    float[] turned = new float[d * d];
    for (int row = 0; row < d; row++) {
      int inside = row % width;
      int to = row - inside + (inside % 2) * (width / 2) + inside / 2;
      System.arraycopy(values, offset + row * d, turned, to * d, d);
    }
    return turned;
  }

  static void put(
      Map<String, SafeTensors.Tensor> tensors,
      String name,
      List<Integer> shape,
      float[] values,
      int offset) {
    int size = shape.stream().reduce(1, (a, b) -> a * b);
    tensors.put(name, new SafeTensors.Tensor(shape, values, offset, size));
  }
}
