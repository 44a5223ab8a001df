package io.tailwalk.train.huggingface;

import io.tailwalk.values.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Llama and GPT-2 as Transformers defines them, in double precision, from the files of a folder
 * alone: names, orders of rows and the halves that Llama turns are those of its documentation.
 */
final class FolderReference {
  private final JsonNode config;
  private final Map<String, SafeTensors.Tensor> tensors;
  private final boolean llama;

  FolderReference(Path folder) throws IOException {
    config = JsonMapper.shared().readTree(Files.readAllBytes(folder.resolve("config.json")));
    tensors = SafeTensors.read(folder.resolve("model.safetensors"), "model").tensors();
    llama = config.path("model_type").asString("").equals("llama");
  }

  private int number(String ofLlama, String ofGpt2) {
    return config.path(llama ? ofLlama : ofGpt2).intValue();
  }

  /** Log-probabilities of the token after the last. */
  double[] distribution(int[] tokens) {
    int layers = number("num_hidden_layers", "n_layer");
    double[][] x = new double[tokens.length][];
    for (int t = 0; t < tokens.length; t++) {
      x[t] = row(llama ? "model.embed_tokens.weight" : "transformer.wte.weight", tokens[t]);
      if (!llama) {
        x[t] = plus(x[t], row("transformer.wpe.weight", t));
      }
    }
    for (int layer = 0; layer < layers; layer++) {
      x = llama ? llamaBlock(x, "model.layers." + layer + ".") : gpt2Block(x, layer);
    }
    double[] last = norm(llama ? "model.norm" : "transformer.ln_f", x[x.length - 1]);
    boolean tied = config.path("tie_word_embeddings").booleanValue();
    String head =
        llama ? tied ? "model.embed_tokens.weight" : "lm_head.weight" : "transformer.wte.weight";
    double[] logits = product(head, last);
    double total = 0;
    for (double logit : logits) {
      total += Math.exp(logit);
    }
    for (int i = 0; i < logits.length; i++) {
      logits[i] -= Math.log(total);
    }
    return logits;
  }

  private double[][] llamaBlock(double[][] x, String block) {
    int heads = config.path("num_attention_heads").intValue();
    int n = x.length;
    double[][] q = new double[n][];
    double[][] k = new double[n][];
    double[][] v = new double[n][];
    for (int t = 0; t < n; t++) {
      double[] in = norm(block + "input_layernorm", x[t]);
      q[t] = turned(product(block + "self_attn.q_proj.weight", in), heads, t);
      k[t] = turned(product(block + "self_attn.k_proj.weight", in), heads, t);
      v[t] = product(block + "self_attn.v_proj.weight", in);
    }
    double[][] out = new double[n][];
    for (int t = 0; t < n; t++) {
      double[] seen = attention(q, k, v, t, heads);
      double[] y = plus(x[t], product(block + "self_attn.o_proj.weight", seen));
      double[] in = norm(block + "post_attention_layernorm", y);
      double[] gate = product(block + "mlp.gate_proj.weight", in);
      double[] up = product(block + "mlp.up_proj.weight", in);
      for (int i = 0; i < gate.length; i++) {
        gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
      }
      out[t] = plus(y, product(block + "mlp.down_proj.weight", gate));
    }
    return out;
  }

  private double[][] gpt2Block(double[][] x, int layer) {
    String block = "transformer.h." + layer + ".";
    int heads = config.path("n_head").intValue();
    int d = x[0].length;
    int n = x.length;
    double[][] q = new double[n][];
    double[][] k = new double[n][];
    double[][] v = new double[n][];
    for (int t = 0; t < n; t++) {
      double[] all = transposed(block + "attn.c_attn", norm(block + "ln_1", x[t]));
      q[t] = Arrays.copyOfRange(all, 0, d);
      k[t] = Arrays.copyOfRange(all, d, 2 * d);
      v[t] = Arrays.copyOfRange(all, 2 * d, 3 * d);
    }
    double[][] out = new double[n][];
    for (int t = 0; t < n; t++) {
      double[] y = plus(x[t], transposed(block + "attn.c_proj", attention(q, k, v, t, heads)));
      double[] hidden = transposed(block + "mlp.c_fc", norm(block + "ln_2", y));
      for (int i = 0; i < hidden.length; i++) {
        double h = hidden[i];
        hidden[i] = 0.5 * h * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (h + 0.044715 * h * h * h)));
      }
      out[t] = plus(y, transposed(block + "mlp.c_proj", hidden));
    }
    return out;
  }

  /** The first half of each head's features against the second, by the place of the token. */
  private double[] turned(double[] x, int heads, int place) {
    int width = x.length / heads;
    int half = width / 2;
    double[] y = new double[x.length];
    for (int head = 0; head < heads; head++) {
      for (int i = 0; i < half; i++) {
        double theta = config.path("rope_theta").doubleValue();
        double angle = place * Math.pow(theta, -2.0 * i / width);
        double a = x[head * width + i];
        double b = x[head * width + half + i];
        y[head * width + i] = a * Math.cos(angle) - b * Math.sin(angle);
        y[head * width + half + i] = b * Math.cos(angle) + a * Math.sin(angle);
      }
    }
    return y;
  }

  private static double[] attention(double[][] q, double[][] k, double[][] v, int t, int heads) {
    int width = q[t].length / heads;
    double[] out = new double[q[t].length];
    for (int head = 0; head < heads; head++) {
      double[] weights = new double[t + 1];
      double total = 0;
      for (int s = 0; s <= t; s++) {
        double dot = 0;
        for (int i = head * width; i < (head + 1) * width; i++) {
          dot += q[t][i] * k[s][i];
        }
        weights[s] = Math.exp(dot / Math.sqrt(width));
        total += weights[s];
      }
      for (int s = 0; s <= t; s++) {
        for (int i = head * width; i < (head + 1) * width; i++) {
          out[i] += weights[s] / total * v[s][i];
        }
      }
    }
    return out;
  }

  private double[] norm(String name, double[] x) {
    double mean = 0;
    double square = 0;
    for (double one : x) {
      mean += one / x.length;
      square += one * one / x.length;
    }
    double shift = llama ? 0 : mean;
    double epsilon = config.path(llama ? "rms_norm_eps" : "layer_norm_epsilon").doubleValue();
    double scale = 1 / Math.sqrt(square - shift * shift + epsilon);
    double[] weight = row(name + ".weight", 0, x.length);
    double[] y = llama ? new double[x.length] : row(name + ".bias", 0, x.length);
    for (int i = 0; i < x.length; i++) {
      y[i] += (x[i] - shift) * scale * weight[i];
    }
    return y;
  }

  /** A matrix with outputs as rows. */
  private double[] product(String name, double[] x) {
    int rows = tensor(name).shape().getFirst();
    double[] y = new double[rows];
    for (int r = 0; r < rows; r++) {
      double[] row = row(name, r, x.length);
      for (int i = 0; i < x.length; i++) {
        y[r] += row[i] * x[i];
      }
    }
    return y;
  }

  /** A matrix with inputs as rows, and a bias. */
  private double[] transposed(String name, double[] x) {
    int columns = tensor(name + ".weight").shape().getLast();
    double[] y = row(name + ".bias", 0, columns);
    for (int i = 0; i < x.length; i++) {
      double[] row = row(name + ".weight", i, columns);
      for (int c = 0; c < columns; c++) {
        y[c] += x[i] * row[c];
      }
    }
    return y;
  }

  private double[] row(String name, int row) {
    return row(name, row, tensor(name).shape().getLast());
  }

  private double[] row(String name, int row, int width) {
    SafeTensors.Tensor tensor = tensor(name);
    double[] out = new double[width];
    for (int i = 0; i < width; i++) {
      out[i] = tensor.values()[tensor.offset() + row * width + i];
    }
    return out;
  }

  private SafeTensors.Tensor tensor(String name) {
    SafeTensors.Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new AssertionError("no tensor " + name + " among " + tensors.keySet());
    }
    return tensor;
  }

  private static double[] plus(double[] x, double[] y) {
    double[] sum = x.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += y[i];
    }
    return sum;
  }
}
