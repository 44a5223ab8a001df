package io.tailwalk.train.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.tailwalk.train.torch.Script;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.train.torch.Vectors;
import io.tailwalk.values.LearningException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adam (Kingma and Ba 2015), with weight decay added to the gradient, or decoupled from it as AdamW
 * (Loshchilov and Hutter 2019). The state can be read and restored, unlike that of DJL's own
 * optimisers.
 */
public final class Adam extends VectorOptimizer {
  private static final String MEAN = "exp_avg";
  private static final String SQUARE = "exp_avg_sq";

  private final Constants constants;
  private final int decayed;
  private final NDManager manager;
  private final Script script;
  private @Nullable NDArray mean;
  private @Nullable NDArray square;

  /**
   * Constants of Adam.
   *
   * @param decoupled whether weight decay is AdamW's
   * @param beta1 memory of the gradient, in {@code [0, 1)}
   * @param beta2 memory of its square, in {@code [0, 1)}
   * @param epsilon added to the root of the square, above 0
   * @param weightDecay at least 0
   */
  public record Constants(
      boolean decoupled, double beta1, double beta2, double epsilon, double weightDecay) {
    /** Refuses invalid constants. */
    public Constants {
      if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
        throw new LearningException(
            "Adam's betas must lie in [0, 1), got " + beta1 + " and " + beta2);
      }
      if (!(epsilon > 0) || !(weightDecay >= 0)) {
        throw new LearningException(
            "Adam needs epsilon > 0 and weight_decay >= 0, got " + epsilon + " and " + weightDecay);
      }
    }

    /** Adam's default constants: 0.9, 0.999, 1e-8. */
    public static Constants adam(double weightDecay) {
      return new Constants(false, 0.9, 0.999, 1e-8, weightDecay);
    }

    /** AdamW's default constants: 0.9, 0.999, 1e-8. */
    public static Constants adamW(double weightDecay) {
      return new Constants(true, 0.9, 0.999, 1e-8, weightDecay);
    }
  }

  /**
   * For a vector.
   *
   * @param decayed number of entries, from the first, to which weight decay applies
   */
  public Adam(LearningRate rate, Constants constants, int decayed) {
    super(rate);
    this.constants = constants;
    this.decayed = decayed;
    TorchEngine.get();
    this.manager = NDManager.newBaseManager("PyTorch");
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("training", true);
    attributes.put("decayed", decayed);
    attributes.put("decoupled", constants.decoupled());
    attributes.put("beta1", constants.beta1());
    attributes.put("beta2", constants.beta2());
    attributes.put("epsilon", constants.epsilon());
    attributes.put("weight_decay", constants.weightDecay());
    this.script = Script.load(Adam.class, "adam.py", attributes, manager);
  }

  @Override
  protected void step(NDArray weight, NDArray gradient, long step, double learningRate) {
    if (mean == null || square == null) {
      mean = manager.zeros(weight.getShape(), weight.getDataType());
      square = manager.zeros(weight.getShape(), weight.getDataType());
    }
    try (NDManager scratch = manager.newSubManager()) {
      script
          .run(
              "update",
              false,
              weight,
              gradient,
              mean,
              square,
              scratch.create((float) step),
              scratch.create(learningRate))
          .close();
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of(
        "name",
        "adam",
        "learning_rate",
        rate().toString(),
        "constants",
        constants.toString(),
        "decayed",
        decayed);
  }

  @Override
  public Map<String, float[]> state() {
    Map<String, float[]> state = new LinkedHashMap<>();
    if (mean != null && square != null) {
      state.put(MEAN, Vectors.floats(mean));
      state.put(SQUARE, Vectors.floats(square));
    }
    return state;
  }

  @Override
  protected void restore(Map<String, float[]> state) {
    if (state.isEmpty() && updates() == 0) {
      mean = null;
      square = null;
      return;
    }
    float[] first = state.get(MEAN);
    float[] second = state.get(SQUARE);
    if (!state.keySet().equals(Set.of(MEAN, SQUARE)) || first == null || second == null) {
      throw new LearningException(
          "the checkpoint's optimiser state is " + state.keySet() + ", which is not Adam's");
    }
    try (var vectors = new Vectors()) {
      mean = vectors.create(manager, first, DataType.FLOAT32);
      square = vectors.create(manager, second, DataType.FLOAT32);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
