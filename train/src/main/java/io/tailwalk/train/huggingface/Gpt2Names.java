package io.tailwalk.train.huggingface;

import io.tailwalk.train.model.ParameterSpec;
import io.tailwalk.values.SafeTensors;
import java.util.List;
import java.util.Map;

/**
 * Parameters under the names of Transformers' GPT-2, whose matrices inside blocks have inputs as
 * rows.
 */
final class Gpt2Names {
  private static final Map<String, String> INSIDE =
      Map.of(
          "attn_qkv", "attn.c_attn",
          "attn_output", "attn.c_proj",
          "ffn_up", "mlp.c_fc",
          "ffn_down", "mlp.c_proj",
          "attn_norm", "ln_1",
          "ffn_norm", "ln_2");

  private Gpt2Names() {}

  static void add(
      Map<String, SafeTensors.Tensor> tensors, ParameterSpec parameter, float[] values) {
    String name = parameter.name();
    int at = parameter.offset();
    if (!name.startsWith("blk.")) {
      String other =
          switch (name) {
            case "token_embd.weight" -> "transformer.wte.weight";
            case "position_embd.weight" -> "transformer.wpe.weight";
            case "output_norm.weight" -> "transformer.ln_f.weight";
            case "output_norm.bias" -> "transformer.ln_f.bias";
            default -> throw new IllegalStateException("no name for " + name);
          };
      LlamaNames.put(tensors, other, parameter.shape(), values, at);
      return;
    }
    int dot = name.indexOf('.', 4);
    int end = name.lastIndexOf('.');
    String inside = INSIDE.get(name.substring(dot + 1, end));
    if (inside == null) {
      throw new IllegalStateException("no name for " + name);
    }
    String other = "transformer.h." + name.substring(4, dot) + "." + inside + name.substring(end);
    if (parameter.shape().size() == 1) {
      LlamaNames.put(tensors, other, parameter.shape(), values, at);
      return;
    }
    int rows = parameter.shape().getFirst();
    int columns = parameter.shape().getLast();
    float[] transposed = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        transposed[column * rows + row] = values[at + row * columns + column];
      }
    }
    LlamaNames.put(tensors, other, List.of(columns, rows), transposed, 0);
  }
}
