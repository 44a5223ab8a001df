package io.tailwalk.train.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.torch.Script;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.train.torch.Vectors;
import io.tailwalk.values.LearningException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A decoder-only transformer with its parameters and their gradient. On a GPU if PyTorch finds one.
 * Not thread-safe, and only one gradient may be active in a process (a limit of DJL).
 */
public final class Transformer implements AutoCloseable {
  private final TransformerConfig config;
  private final ParameterLayout layout;
  private final NDManager manager;
  private final Script script;
  private final Vectors vectors;
  private final NDArray parameters;

  private Transformer(TransformerConfig config, float[] values, boolean doublePrecision) {
    this.config = config;
    this.layout = ParameterLayout.of(config);
    TorchEngine.get();
    this.manager = NDManager.newBaseManager("PyTorch");
    this.script =
        Script.load(Transformer.class, config.architecture().id() + ".py", attributes(), manager);
    this.vectors = new Vectors();
    this.parameters =
        vectors.create(manager, values, doublePrecision ? DataType.FLOAT64 : DataType.FLOAT32);
    parameters.setRequiresGradient(true);
  }

  /** A new model, initialised from a seed. */
  public static Transformer create(TransformerConfig config, long seed) {
    return new Transformer(config, ParameterLayout.of(config).initialValues(seed), false);
  }

  /** A new model in double precision, for checks of gradients. */
  public static Transformer createDouble(TransformerConfig config, long seed) {
    return new Transformer(config, ParameterLayout.of(config).initialValues(seed), true);
  }

  /**
   * A model with given parameters.
   *
   * @param values as returned by {@link #values}
   */
  public static Transformer of(TransformerConfig config, float[] values) {
    int size = ParameterLayout.of(config).size();
    if (values.length != size) {
      throw new LearningException(
          "the shape has " + size + " parameters, but " + values.length + " are given");
    }
    return new Transformer(config, values, false);
  }

  private Map<String, Object> attributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("training", true);
    attributes.put("vocabulary", config.vocabulary());
    attributes.put("layers", config.layers());
    attributes.put("heads", config.heads());
    attributes.put("d", config.embedding());
    attributes.put("feed_forward", config.feedForward());
    attributes.put("tied", config.tied());
    attributes.put("epsilon", config.normEpsilon());
    attributes.put("theta", config.ropeTheta());
    attributes.put("sizes", layout.parameters().stream().mapToInt(ParameterSpec::size).toArray());
    return attributes;
  }

  /** Its shape. */
  public TransformerConfig config() {
    return config;
  }

  /** The place of each parameter. */
  public ParameterLayout layout() {
    return layout;
  }

  /** All parameters as one vector on the device; optimisers write to it. */
  public NDArray parameters() {
    return parameters;
  }

  /** A copy of all parameters. */
  public float[] values() {
    return Vectors.floats(parameters);
  }

  /** Sets all parameters. */
  public void setValues(float[] values) {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(values.length + " values for " + layout.size());
    }
    vectors.set(parameters, values);
  }

  /**
   * A copy of all parameters on the device, in their precision.
   *
   * @param owner frees it
   */
  public NDArray snapshot(NDManager owner) {
    NDArray copy = owner.zeros(parameters.getShape(), parameters.getDataType());
    vectors.copy(parameters, copy);
    return copy;
  }

  /** Sets all parameters, bit for bit, to a {@link #snapshot}. */
  public void restore(NDArray snapshot) {
    vectors.copy(snapshot, parameters);
  }

  /** Adds a multiple of a vector to the parameters, on any thread. */
  public void add(double factor, NDArray vector) {
    vectors.add(parameters, factor, vector);
  }

  /** The gradient, which {@link #backward} adds to; belongs to the given manager. */
  public NDArray gradient(NDManager owner) {
    NDArray gradient = parameters.getGradient();
    gradient.attach(owner);
    return gradient;
  }

  /** Sets the gradient to zero. */
  public void zeroGradient() {
    JniUtils.zeroGrad((PtNDArray) parameters);
  }

  /** A manager for arrays that live as long as the caller keeps it open. */
  public NDManager newManager() {
    return manager.newSubManager();
  }

  /**
   * Adds to the gradient that of {@code scale} times the loss, the weighted sum of negative
   * log-probabilities.
   *
   * @return the loss, nats, without the scale
   */
  public double backward(TokenBatch batch, double scale) {
    check(batch);
    try (NDManager step = manager.newSubManager();
        GradientCollector collector = TorchEngine.get().newGradientCollector()) {
      NDArray loss =
          script.run(
              "loss",
              true,
              tokens(step, batch),
              step.create(batch.rowPlaces()),
              step.create(batch.targetIds()),
              step.create(batch.weights()).toType(parameters.getDataType(), false),
              parameters);
      double value = Vectors.number(loss);
      collector.backward(loss.mul(scale));
      return value;
    }
  }

  /** Log-probability (nats) of each row's target. */
  public double[] logProbs(TokenBatch batch) {
    check(batch);
    try (NDManager step = manager.newSubManager()) {
      return Vectors.doubles(
          script.run(
              "log_probs",
              false,
              tokens(step, batch),
              step.create(batch.rowPlaces()),
              step.create(batch.targetIds()),
              parameters));
    }
  }

  /** Logits of the token after each row, one row after the other. */
  public double[] logits(TokenBatch batch) {
    check(batch);
    try (NDManager step = manager.newSubManager()) {
      return Vectors.doubles(
          script.run(
              "logits", false, tokens(step, batch), step.create(batch.rowPlaces()), parameters));
    }
  }

  /**
   * Log-probability (nats) of each complete response given its prompt.
   *
   * @param examples any number
   * @param batchSize number evaluated in parallel, at least 1
   */
  public double[] sequenceLogProbs(List<Example> examples, int batchSize) {
    double[] sums = new double[examples.size()];
    for (int from = 0; from < sums.length; from += batchSize) {
      List<Example> part = examples.subList(from, Math.min(sums.length, from + batchSize));
      TokenBatch batch = TokenBatch.of(new ArrayList<>(part));
      double[] logProbs = logProbs(batch);
      for (int i = 0; i < part.size(); i++) {
        for (int row = batch.firstRow(i); row < batch.firstRow(i + 1); row++) {
          sums[from + i] += logProbs[row];
        }
      }
    }
    return sums;
  }

  private static NDArray tokens(NDManager step, TokenBatch batch) {
    return step.create(batch.tokenIds(), new Shape(batch.sequences(), batch.positions()));
  }

  /** Invalid indexes would make PyTorch fail with a trace of its script. */
  private void check(TokenBatch batch) {
    if (batch.positions() > config.context()) {
      throw new LearningException(
          "a sequence of "
              + batch.positions()
              + " input tokens does not fit into the model's context of "
              + config.context());
    }
    for (long[] ids : List.of(batch.tokenIds(), batch.targetIds())) {
      for (long id : ids) {
        if (id < 0 || id >= config.vocabulary()) {
          throw new LearningException(
              "token id "
                  + id
                  + " lies outside the model's vocabulary, 0.."
                  + (config.vocabulary() - 1));
        }
      }
    }
  }

  @Override
  public void close() {
    vectors.close();
    manager.close();
  }
}
