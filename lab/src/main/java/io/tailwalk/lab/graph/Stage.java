package io.tailwalk.lab.graph;

import io.tailwalk.builtin.graph.GraphTask;
import io.tailwalk.train.optim.Adam;
import io.tailwalk.train.optim.LearningRate;
import io.tailwalk.train.run.TrainingSettings;
import java.util.List;

/**
 * A stage of training: fresh examples at every step, AdamW, the loss averaged over tokens.
 *
 * @param name name in messages and file names
 * @param tasks tasks that make the data; each step draws one of them
 * @param steps number of steps
 * @param batch examples per step
 * @param rate learning rate of each step
 */
record Stage(String name, List<GraphTask> tasks, long steps, int batch, LearningRate rate) {
  private static final double WEIGHT_DECAY = 0.01;

  /** Memory of squared gradients: shorter than the common default, since runs are short. */
  private static final double BETA2 = 0.99;

  /** Largest gradient norm. */
  private static final double CLIP = 1;

  /** Keeps a copy. */
  Stage {
    tasks = List.copyOf(tasks);
  }

  static Adam.Constants constants() {
    return new Adam.Constants(true, 0.9, BETA2, 1e-8, WEIGHT_DECAY);
  }

  static TrainingSettings settings() {
    return TrainingSettings.standard().perToken().clippedAt(CLIP);
  }

  /** The only task of the stage. */
  GraphTask task() {
    if (tasks.size() != 1) {
      throw new IllegalStateException(name + " has " + tasks.size() + " tasks");
    }
    return tasks.getFirst();
  }
}
