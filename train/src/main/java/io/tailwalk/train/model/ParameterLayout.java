package io.tailwalk.train.model;

import io.tailwalk.core.random.Streams;
import io.tailwalk.values.LearningException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The place of each parameter in the vector of all parameters: first the matrices, to which weight
 * decay applies, then norms and biases, to which it does not. With one vector, an optimiser step, a
 * gradient norm or a copy is one operation for any number of layers.
 */
public final class ParameterLayout {
  /** Key of the stream that the initial values are drawn from. */
  private static final long INITIAL_VALUES = 0x1217;

  /** Standard deviation of initial weights (Radford et al. 2019). */
  private static final double SPREAD = 0.02;

  private final List<ParameterSpec> parameters = new ArrayList<>();
  private final int decayed;
  private int size;

  private ParameterLayout(TransformerConfig config) {
    boolean gpt2 = config.architecture() == Architecture.GPT2;
    matrices(config, gpt2);
    decayed = size;
    for (int i = 0; i < config.layers(); i++) {
      vectors("blk." + i + ".", config, gpt2);
    }
    norm("output_norm", config.embedding(), gpt2);
  }

  /** The layout of a shape. */
  public static ParameterLayout of(TransformerConfig config) {
    return new ParameterLayout(config);
  }

  private void matrices(TransformerConfig config, boolean gpt2) {
    int d = config.embedding();
    int f = config.feedForward();
    // Contributions to the residual stream shrink with their number.
    double residual = SPREAD / Math.sqrt(2.0 * config.layers());
    add("token_embd.weight", SPREAD, config.vocabulary(), d);
    if (gpt2) {
      add("position_embd.weight", SPREAD, config.context(), d);
    }
    for (int i = 0; i < config.layers(); i++) {
      String block = "blk." + i + ".";
      add(block + "attn_qkv.weight", SPREAD, 3 * d, d);
      add(block + "attn_output.weight", residual, d, d);
      if (gpt2) {
        add(block + "ffn_up.weight", SPREAD, f, d);
      } else {
        add(block + "ffn_gate_up.weight", SPREAD, 2 * f, d);
      }
      add(block + "ffn_down.weight", residual, d, f);
    }
    if (!config.tied()) {
      add("output.weight", SPREAD, config.vocabulary(), d);
    }
  }

  private void vectors(String block, TransformerConfig config, boolean gpt2) {
    int d = config.embedding();
    norm(block + "attn_norm", d, gpt2);
    if (gpt2) {
      add(block + "attn_qkv.bias", 0, 3 * d);
      add(block + "attn_output.bias", 0, d);
    }
    norm(block + "ffn_norm", d, gpt2);
    if (gpt2) {
      add(block + "ffn_up.bias", 0, config.feedForward());
      add(block + "ffn_down.bias", 0, d);
    }
  }

  private void norm(String name, int d, boolean bias) {
    add(name + ".weight", Double.NaN, d);
    if (bias) {
      add(name + ".bias", 0, d);
    }
  }

  private void add(String name, double initial, Integer... shape) {
    try {
      var parameter = new ParameterSpec(name, List.of(shape), size, initial);
      parameters.add(parameter);
      size = Math.addExact(size, parameter.size());
    } catch (ArithmeticException e) {
      throw new LearningException(
          "the model has more than 2^31 parameters; choose a smaller shape", e);
    }
  }

  /** All parameters in order. */
  public List<ParameterSpec> parameters() {
    return Collections.unmodifiableList(parameters);
  }

  /** The parameter of a name. */
  public ParameterSpec parameter(String name) {
    return parameters.stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no parameter " + name));
  }

  /** Total number of values. */
  public int size() {
    return size;
  }

  /** Number of values, from the first, to which weight decay applies. */
  public int decayed() {
    return decayed;
  }

  /** Initial values; each parameter has its own stream, so that layers can be added to a seed. */
  float[] initialValues(long seed) {
    float[] values = new float[size];
    for (ParameterSpec p : parameters) {
      RandomGenerator random = Streams.of(seed, INITIAL_VALUES, p.name().hashCode());
      for (int i = p.offset(); i < p.offset() + p.size(); i++) {
        values[i] =
            Double.isNaN(p.initial())
                ? 1
                : p.initial() == 0 ? 0 : (float) (p.initial() * random.nextGaussian());
      }
    }
    return values;
  }
}
