package io.tailwalk.train.model;

import io.tailwalk.values.LearningException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Llama-shaped transformer evaluated in plain Java, one token at a time, with keys and values
 * kept along the path: prefixes that share a beginning share its work. Sums have a fixed order, so
 * a distribution depends neither on other evaluations nor on threads. For small models; safe to
 * share between threads.
 */
public final class TokenByToken {
  private final TransformerConfig config;
  private final float[][] matrices;
  private final float[][] norms;
  private final float[] embedding;
  private final float[] head;
  private final double[][] cosines;
  private final double[][] sines;

  /**
   * With the parameters of a {@link Transformer}.
   *
   * @param values as returned by {@link Transformer#values}
   * @throws LearningException for a different architecture or number of values
   */
  public TokenByToken(TransformerConfig config, float[] values) {
    if (config.architecture() != Architecture.LLAMA) {
      throw new LearningException("evaluation token by token is for architecture llama only");
    }
    ParameterLayout layout = ParameterLayout.of(config);
    if (values.length != layout.size()) {
      throw new LearningException(
          "the shape has " + layout.size() + " parameters, but " + values.length + " are given");
    }
    this.config = config;
    this.matrices = new float[4 * config.layers()][];
    this.norms = new float[2 * config.layers() + 1][];
    for (int i = 0; i < config.layers(); i++) {
      String block = "blk." + i + ".";
      int m = 4 * i;
      for (String name : List.of("attn_qkv", "attn_output", "ffn_gate_up", "ffn_down")) {
        matrices[m++] = turned(layout.parameter(block + name + ".weight"), values);
      }
      norms[2 * i] = plain(layout.parameter(block + "attn_norm.weight"), values);
      norms[2 * i + 1] = plain(layout.parameter(block + "ffn_norm.weight"), values);
    }
    norms[2 * config.layers()] = plain(layout.parameter("output_norm.weight"), values);
    ParameterSpec tokens = layout.parameter("token_embd.weight");
    this.embedding = plain(tokens, values);
    this.head = turned(config.tied() ? tokens : layout.parameter("output.weight"), values);
    int pairs = config.embedding() / config.heads() / 2;
    this.cosines = new double[config.context()][pairs];
    this.sines = new double[config.context()][pairs];
    for (int p = 0; p < pairs; p++) {
      double frequency = Math.exp(-p * Math.log(config.ropeTheta()) / pairs);
      for (int t = 0; t < config.context(); t++) {
        cosines[t][p] = Math.cos(t * frequency);
        sines[t][p] = Math.sin(t * frequency);
      }
    }
  }

  private static float[] plain(ParameterSpec parameter, float[] values) {
    return Arrays.copyOfRange(values, parameter.offset(), parameter.offset() + parameter.size());
  }

  /** Input by input, so that a product adds complete rows. */
  private static float[] turned(ParameterSpec parameter, float[] values) {
    int rows = parameter.shape().get(0);
    int columns = parameter.shape().get(1);
    float[] turned = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j * rows + i] = values[parameter.offset() + i * columns + j];
      }
    }
    return turned;
  }

  /** The model's state after some tokens: the last token's keys and values, and the logits. */
  public static final class State {
    private final @Nullable State before;
    private final int position;
    private final float[] keys;
    private final float[] values;
    private float[] logits = {};

    private State(@Nullable State before, int position, int size) {
      this.before = before;
      this.position = position;
      this.keys = new float[size];
      this.values = new float[size];
    }

    /** Logits of the next token. */
    public float[] logits() {
      return logits.clone();
    }

    /** Tokens so far. */
    public int length() {
      return position + 1;
    }

    private State[] path() {
      State[] path = new State[position + 1];
      for (State at = this; at != null; at = at.before) {
        path[at.position] = at;
      }
      return path;
    }
  }

  /** After a first token. */
  public State begin(int token) {
    return step(null, token);
  }

  /** After one more token. */
  public State next(State before, int token) {
    return step(before, token);
  }

  private State step(@Nullable State before, int token) {
    int d = config.embedding();
    int position = before == null ? 0 : before.length();
    if (position >= config.context()) {
      throw new LearningException(
          "a sequence of "
              + (position + 1)
              + " input tokens does not fit into the model's context of "
              + config.context());
    }
    if (token < 0 || token >= config.vocabulary()) {
      throw new LearningException(
          "token id "
              + token
              + " lies outside the model's vocabulary, 0.."
              + (config.vocabulary() - 1));
    }
    State state = new State(before, position, config.layers() * d);
    State[] path = state.path();
    float[] x = Arrays.copyOfRange(embedding, token * d, (token + 1) * d);
    for (int i = 0; i < config.layers(); i++) {
      float[] qkv = product(normed(x, norms[2 * i]), matrices[4 * i], 3 * d);
      turn(qkv, 0, position);
      turn(qkv, d, position);
      for (int j = 0; j < d; j++) {
        state.keys[i * d + j] = qkv[d + j];
        state.values[i * d + j] = qkv[2 * d + j];
      }
      add(x, product(attended(qkv, path, i), matrices[4 * i + 1], d));
      add(x, fed(normed(x, norms[2 * i + 1]), i));
    }
    float[] last = normed(x, norms[2 * config.layers()]);
    state.logits = product(last, head, config.vocabulary());
    return state;
  }

  private float[] normed(float[] x, float[] weight) {
    double squares = 0;
    for (float value : x) {
      squares += value * value;
    }
    float factor = (float) (1 / Math.sqrt(squares / x.length + config.normEpsilon()));
    float[] normed = new float[x.length];
    for (int j = 0; j < x.length; j++) {
      normed[j] = x[j] * factor * weight[j];
    }
    return normed;
  }

  private static float[] product(float[] x, float[] turned, int outputs) {
    float[] sums = new float[outputs];
    for (int i = 0; i < x.length; i++) {
      float factor = x[i];
      int from = i * outputs;
      for (int j = 0; j < outputs; j++) {
        sums[j] += factor * turned[from + j];
      }
    }
    return sums;
  }

  private static void add(float[] x, float[] more) {
    for (int j = 0; j < x.length; j++) {
      x[j] += more[j];
    }
  }

  /** Rotates neighbouring pairs of every head by angles that grow with the position. */
  private void turn(float[] vector, int from, int position) {
    int pairs = cosines[position].length;
    for (int p = 0; p < config.embedding() / 2; p++) {
      double cos = cosines[position][p % pairs];
      double sin = sines[position][p % pairs];
      int at = from + 2 * p;
      float re = vector[at];
      float im = vector[at + 1];
      vector[at] = (float) (re * cos - im * sin);
      vector[at + 1] = (float) (re * sin + im * cos);
    }
  }

  private float[] attended(float[] query, State[] path, int layer) {
    int d = config.embedding();
    int width = d / config.heads();
    double scale = 1 / Math.sqrt(width);
    float[] out = new float[d];
    double[] scores = new double[path.length];
    for (int from = 0; from < d; from += width) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int t = 0; t < path.length; t++) {
        float sum = 0;
        for (int j = from; j < from + width; j++) {
          sum += query[j] * path[t].keys[layer * d + j];
        }
        scores[t] = sum * scale;
        largest = Math.max(largest, scores[t]);
      }
      double total = 0;
      for (int t = 0; t < path.length; t++) {
        scores[t] = Math.exp(scores[t] - largest);
        total += scores[t];
      }
      for (int t = 0; t < path.length; t++) {
        float share = (float) (scores[t] / total);
        for (int j = from; j < from + width; j++) {
          out[j] += share * path[t].values[layer * d + j];
        }
      }
    }
    return out;
  }

  private float[] fed(float[] x, int layer) {
    int f = config.feedForward();
    float[] both = product(x, matrices[4 * layer + 2], 2 * f);
    float[] hidden = new float[f];
    for (int j = 0; j < f; j++) {
      hidden[j] = (float) (both[j] / (1 + Math.exp(-both[j])) * both[f + j]);
    }
    return product(hidden, matrices[4 * layer + 3], config.embedding());
  }
}
