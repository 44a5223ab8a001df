package io.tailwalk.lab.horizon;

import io.tailwalk.lab.Scale;
import io.tailwalk.train.model.TransformerConfig;
import java.util.List;

/**
 * The sizes of an experiment.
 *
 * @param horizons three values of H, the number of middle layers, ascending
 * @param width nodes per layer
 * @param vocabulary number of integers from which nodes are drawn
 * @param shape shape of the model
 * @param shipped whether training starts from the base model that is part of the program; otherwise
 *     a base model is trained from scratch with the run's own seed
 * @param curriculum training data of the base model
 * @param base training recipe of the base model
 * @param training training recipe at each horizon
 * @param every steps between measurements
 * @param prompts held-out prompts of each class but the last, during training
 * @param promptsAtEnd held-out prompts of each class but the last, at the end
 */
record HorizonPlan(
    List<Integer> horizons,
    int width,
    int vocabulary,
    TransformerConfig shape,
    boolean shipped,
    Curriculum curriculum,
    Recipe base,
    Recipe training,
    long every,
    int prompts,
    int promptsAtEnd) {
  private static final int WIDTH = 2;
  private static final int VOCABULARY = 40;
  private static final int SEPARATORS = 3;
  private static final int CONTEXT = 256;

  /** Keeps a copy. */
  HorizonPlan {
    horizons = List.copyOf(horizons);
  }

  /** Steps of all training runs together. */
  long steps() {
    return (shipped ? 0 : base.steps()) + horizons.size() * training.steps();
  }

  /** The plan of a scale. */
  static HorizonPlan of(Scale scale) {
    return switch (scale) {
      case QUICK -> quick();
      case FULL -> full();
    };
  }

  private static HorizonPlan quick() {
    return new HorizonPlan(
        List.of(10, 14, 18),
        WIDTH,
        VOCABULARY,
        TransformerConfig.llama(VOCABULARY + SEPARATORS, CONTEXT, 2, 4, 64),
        true,
        new Curriculum(
            WIDTH,
            VOCABULARY,
            List.of(
                new Curriculum.Phase(0, 2, 4),
                new Curriculum.Phase(200, 2, 8),
                new Curriculum.Phase(600, 6, 18))),
        new Recipe(1600, 32, 32, 3e-3, 100),
        new Recipe(150, 32, 16, 5e-4, 10),
        15,
        64,
        512);
  }

  private static HorizonPlan full() {
    int vocabulary = 52;
    return new HorizonPlan(
        List.of(12, 18, 24),
        WIDTH,
        vocabulary,
        TransformerConfig.llama(vocabulary + SEPARATORS, CONTEXT, 3, 4, 96),
        false,
        new Curriculum(
            WIDTH,
            vocabulary,
            List.of(
                new Curriculum.Phase(0, 2, 4),
                new Curriculum.Phase(300, 2, 8),
                new Curriculum.Phase(1000, 4, 14))),
        new Recipe(8000, 32, 32, 2e-3, 100),
        new Recipe(1000, 32, 16, 1e-3, 50),
        100,
        64,
        1024);
  }
}
