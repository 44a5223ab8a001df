package io.tailwalk.train.gguf;

import io.tailwalk.train.model.ParameterSpec;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.model.TransformerConfig;
import java.util.function.DoubleUnaryOperator;

/** GPT-2 in double precision, one matrix product after the other, with a chosen activation. */
final class Gpt2Reference {
  private final Transformer model;
  private final TransformerConfig config;
  private final float[] values;
  private final DoubleUnaryOperator activation;

  Gpt2Reference(Transformer model, DoubleUnaryOperator activation) {
    this.model = model;
    this.config = model.config();
    this.values = model.values();
    this.activation = activation;
  }

  static double gelu(double x) {
    return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * x * (1 + 0.044715 * x * x)));
  }

  /** As in llama.cpp's table: argument and result in half precision. */
  static double tableGelu(double x) {
    float half = Float.float16ToFloat(Float.floatToFloat16((float) x));
    return x <= -10
        ? 0
        : x >= 10 ? x : Float.float16ToFloat(Float.floatToFloat16((float) gelu(half)));
  }

  /** Log-probabilities of the token after the last. */
  double[] distribution(int[] tokens) {
    int d = config.embedding();
    double[][] x = new double[tokens.length][];
    for (int t = 0; t < tokens.length; t++) {
      double[] word = row("token_embd.weight", tokens[t], d);
      x[t] = plus(word, row("position_embd.weight", t, d));
    }
    for (int layer = 0; layer < config.layers(); layer++) {
      String block = "blk." + layer + ".";
      double[][] qkv = new double[tokens.length][];
      for (int t = 0; t < tokens.length; t++) {
        qkv[t] = linear(block + "attn_qkv", norm(block + "attn_norm", x[t]));
      }
      for (int t = 0; t < tokens.length; t++) {
        x[t] = plus(x[t], linear(block + "attn_output", attention(qkv, t)));
        double[] hidden = linear(block + "ffn_up", norm(block + "ffn_norm", x[t]));
        for (int i = 0; i < hidden.length; i++) {
          hidden[i] = activation.applyAsDouble(hidden[i]);
        }
        x[t] = plus(x[t], linear(block + "ffn_down", hidden));
      }
    }
    double[] last = norm("output_norm", x[tokens.length - 1]);
    double[] logits = new double[config.vocabulary()];
    double total = 0;
    for (int token = 0; token < logits.length; token++) {
      logits[token] = dot(row("token_embd.weight", token, d), last, 0, 0, d);
      total += Math.exp(logits[token]);
    }
    for (int token = 0; token < logits.length; token++) {
      logits[token] -= Math.log(total);
    }
    return logits;
  }

  private double[] attention(double[][] qkv, int t) {
    int d = config.embedding();
    int k = d / config.heads();
    double[] out = new double[d];
    for (int head = 0; head < config.heads(); head++) {
      double[] weights = new double[t + 1];
      double total = 0;
      for (int s = 0; s <= t; s++) {
        weights[s] = Math.exp(dot(qkv[t], qkv[s], head * k, d + head * k, k) / Math.sqrt(k));
        total += weights[s];
      }
      for (int s = 0; s <= t; s++) {
        for (int i = 0; i < k; i++) {
          out[head * k + i] += weights[s] / total * qkv[s][2 * d + head * k + i];
        }
      }
    }
    return out;
  }

  private double[] norm(String name, double[] x) {
    double mean = 0;
    double square = 0;
    for (double v : x) {
      mean += v / x.length;
      square += v * v / x.length;
    }
    double scale = 1 / Math.sqrt(square - mean * mean + config.normEpsilon());
    double[] weight = row(name + ".weight", 0, x.length);
    double[] y = row(name + ".bias", 0, x.length);
    for (int i = 0; i < x.length; i++) {
      y[i] += (x[i] - mean) * scale * weight[i];
    }
    return y;
  }

  private double[] linear(String name, double[] x) {
    int rows = parameter(name + ".bias").size();
    double[] y = row(name + ".bias", 0, rows);
    for (int r = 0; r < rows; r++) {
      y[r] += dot(row(name + ".weight", r, x.length), x, 0, 0, x.length);
    }
    return y;
  }

  private double[] row(String name, int row, int width) {
    double[] out = new double[width];
    int from = parameter(name).offset() + row * width;
    for (int i = 0; i < width; i++) {
      out[i] = values[from + i];
    }
    return out;
  }

  private ParameterSpec parameter(String name) {
    return model.layout().parameter(name);
  }

  private static double[] plus(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += b[i];
    }
    return a;
  }

  private static double dot(double[] a, double[] b, int fromA, int fromB, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += a[fromA + i] * b[fromB + i];
    }
    return sum;
  }
}
