package io.tailwalk.llama.tiny;

/** The logits of a {@link TinyLlama} in double precision, as a simple reference. */
public final class ReferenceForward {
  private static final double ROPE_BASE = 10000;
  private static final int HEAD = TinyLlama.WIDTH / TinyLlama.HEADS;

  private final TinyLlama model;

  public ReferenceForward(TinyLlama model) {
    this.model = model;
  }

  /** Logits after the last token. */
  public double[] logits(int[] tokens) {
    double[][] x = new double[tokens.length][TinyLlama.WIDTH];
    for (int t = 0; t < tokens.length; t++) {
      for (int i = 0; i < TinyLlama.WIDTH; i++) {
        x[t][i] = model.embedding[tokens[t] * TinyLlama.WIDTH + i];
      }
    }
    for (TinyLlama.Layer layer : model.layers) {
      attend(layer, x);
      feedForward(layer, x);
    }
    double[] last = normalised(x[tokens.length - 1], model.outputNorm);
    return product(model.output, last, model.vocabulary);
  }

  /** Log-probabilities after the last token. */
  public double[] logProbs(int[] tokens) {
    double[] logits = logits(tokens);
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - max);
    }
    for (int i = 0; i < logits.length; i++) {
      logits[i] -= max + Math.log(sum);
    }
    return logits;
  }

  private static void attend(TinyLlama.Layer layer, double[][] x) {
    int length = x.length;
    double[][] q = new double[length][];
    double[][] k = new double[length][];
    double[][] v = new double[length][];
    for (int t = 0; t < length; t++) {
      double[] n = normalised(x[t], layer.attentionNorm());
      q[t] = rotated(product(layer.query(), n, TinyLlama.WIDTH), t);
      k[t] = rotated(product(layer.key(), n, TinyLlama.WIDTH), t);
      v[t] = product(layer.value(), n, TinyLlama.WIDTH);
    }
    for (int t = 0; t < length; t++) {
      double[] mixed = new double[TinyLlama.WIDTH];
      for (int head = 0; head < TinyLlama.HEADS; head++) {
        mix(q[t], k, v, t, head * HEAD, mixed);
      }
      add(x[t], product(layer.output(), mixed, TinyLlama.WIDTH));
    }
  }

  private static void mix(
      double[] q, double[][] k, double[][] v, int last, int offset, double[] mixed) {
    double[] weights = new double[last + 1];
    double max = Double.NEGATIVE_INFINITY;
    for (int s = 0; s <= last; s++) {
      for (int i = offset; i < offset + HEAD; i++) {
        weights[s] += q[i] * k[s][i];
      }
      weights[s] /= Math.sqrt(HEAD);
      max = Math.max(max, weights[s]);
    }
    double sum = 0;
    for (int s = 0; s <= last; s++) {
      weights[s] = Math.exp(weights[s] - max);
      sum += weights[s];
    }
    for (int s = 0; s <= last; s++) {
      for (int i = offset; i < offset + HEAD; i++) {
        mixed[i] += weights[s] / sum * v[s][i];
      }
    }
  }

  private static double[] rotated(double[] x, int position) {
    for (int i = 0; i < x.length; i += 2) {
      double angle = position * Math.pow(ROPE_BASE, -(double) (i % HEAD) / HEAD);
      double a = x[i];
      double b = x[i + 1];
      x[i] = a * Math.cos(angle) - b * Math.sin(angle);
      x[i + 1] = a * Math.sin(angle) + b * Math.cos(angle);
    }
    return x;
  }

  private static void feedForward(TinyLlama.Layer layer, double[][] x) {
    for (double[] row : x) {
      double[] n = normalised(row, layer.hiddenNorm());
      double[] gate = product(layer.gate(), n, TinyLlama.HIDDEN);
      double[] up = product(layer.up(), n, TinyLlama.HIDDEN);
      for (int i = 0; i < TinyLlama.HIDDEN; i++) {
        gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
      }
      add(row, product(layer.down(), gate, TinyLlama.WIDTH));
    }
  }

  private static double[] normalised(double[] x, float[] weight) {
    double squares = 0;
    for (double value : x) {
      squares += value * value;
    }
    double scale = 1 / Math.sqrt(squares / x.length + TinyLlama.EPSILON);
    double[] result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      result[i] = x[i] * scale * weight[i];
    }
    return result;
  }

  private static double[] product(float[] matrix, double[] x, int rows) {
    double[] result = new double[rows];
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < x.length; i++) {
        result[r] += matrix[r * x.length + i] * x[i];
      }
    }
    return result;
  }

  private static void add(double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      x[i] += y[i];
    }
  }
}
