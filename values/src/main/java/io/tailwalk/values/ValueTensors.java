package io.tailwalk.values;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arrays of a value file: the perceptron's layers as {@code layer.I.weight} and {@code
 * layer.I.bias}, and the vectors of the tokens as {@code tokens}.
 *
 * @param file its name, for messages
 * @param content the file
 */
record ValueTensors(Path file, SafeTensors content) {
  private static final String TOKENS = "tokens";

  /** The arrays by name, in the order of the file. */
  static Map<String, SafeTensors.Tensor> of(Mlp mlp, Optional<TokenVectors> tokens) {
    float[] values = mlp.parameters();
    List<Integer> widths = mlp.widths();
    Map<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();
    int matrix = 0;
    int bias = Mlp.matrixSize(widths);
    for (int i = 1; i < widths.size(); i++) {
      int out = widths.get(i);
      int size = out * widths.get(i - 1);
      var shape = List.of(out, widths.get(i - 1));
      tensors.put(weight(i), new SafeTensors.Tensor(shape, values, matrix, size));
      tensors.put(bias(i), new SafeTensors.Tensor(List.of(out), values, bias, out));
      matrix += size;
      bias += out;
    }
    tokens.ifPresent(vectors -> {
      var shape = List.of(vectors.size(), vectors.width());
      float[] table = vectors.table();
      tensors.put(TOKENS, new SafeTensors.Tensor(shape, table, 0, table.length));
    });
    return tensors;
  }

  private static String weight(int layer) {
    return "layer." + layer + ".weight";
  }

  private static String bias(int layer) {
    return "layer." + layer + ".bias";
  }

  /** The perceptron. */
  Mlp mlp() {
    List<Integer> widths = new ArrayList<>();
    List<float[]> matrices = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (int i = 1; content.tensors().containsKey(weight(i)); i++) {
      SafeTensors.Tensor weight = tensor(weight(i), 2);
      SafeTensors.Tensor bias = tensor(bias(i), 1);
      if (i == 1) {
        widths.add(weight.shape().get(1));
      }
      boolean fits = weight.shape().get(1).equals(widths.getLast());
      if (!fits || !weight.shape().getFirst().equals(bias.shape().getFirst())) {
        throw ValueFile.damaged(file, "its layers do not fit together");
      }
      widths.add(weight.shape().getFirst());
      matrices.add(weight.values());
      biases.add(bias.values());
    }
    matrices.addAll(biases);
    try {
      return new Mlp(widths, joined(matrices));
    } catch (LearningException e) {
      throw ValueFile.damaged(file, String.valueOf(e.getMessage()));
    }
  }

  /** The vectors of the tokens. */
  TokenVectors tokens() {
    SafeTensors.Tensor tensor = tensor(TOKENS, 2);
    try {
      return new TokenVectors(tensor.shape().get(1), tensor.values());
    } catch (IllegalArgumentException e) {
      throw ValueFile.damaged(file, "it has no vectors of tokens");
    }
  }

  private SafeTensors.Tensor tensor(String name, int dimensions) {
    SafeTensors.Tensor tensor = content.tensors().get(name);
    if (tensor == null || tensor.shape().size() != dimensions) {
      throw ValueFile.damaged(file, name + " is missing or of another shape");
    }
    for (float value : tensor.values()) {
      if (!Float.isFinite(value)) {
        throw ValueFile.damaged(file, name + " holds numbers that are not finite");
      }
    }
    return tensor;
  }

  private static float[] joined(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
