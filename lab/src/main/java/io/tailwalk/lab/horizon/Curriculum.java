package io.tailwalk.lab.horizon;

import io.tailwalk.builtin.graph.GraphClass;
import io.tailwalk.builtin.graph.GraphMixture;
import io.tailwalk.builtin.graph.GraphShape;
import io.tailwalk.builtin.graph.GraphTask;
import io.tailwalk.builtin.graph.HiddenBit;
import io.tailwalk.builtin.graph.PathRule;
import io.tailwalk.core.random.Streams;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.data.TrainingData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Training data of a base model, which learns to look up the next node on short graphs first and on
 * longer ones later. In half of the graphs, half of the layers branch and all paths are equally
 * likely. The data never follow the rule of the experiment's second class.
 *
 * @param width nodes per layer
 * @param vocabulary number of integers from which nodes are drawn
 * @param phases phases by their first step, from 0
 */
record Curriculum(int width, int vocabulary, List<Phase> phases) {
  private static final double BRANCHING = 0.5;
  private static final long STREAM = 0xBA5E;

  /**
   * A phase of the training.
   *
   * @param from first step of the phase
   * @param fewest least number of middle layers; each batch has graphs of one size from the range
   * @param most largest number of middle layers
   */
  record Phase(long from, int fewest, int most) {}

  /** Keeps a copy. */
  Curriculum {
    phases = List.copyOf(phases);
  }

  /**
   * Makes training data of new batches.
   *
   * @param batchSize examples per step
   */
  TrainingData training(long seed, int batchSize) {
    return TrainingData.fresh(
        step -> batch(step, seed, batchSize),
        this + ", batches of " + batchSize + ", seed " + seed);
  }

  private List<Example> batch(long step, long seed, int batchSize) {
    Phase phase = phases.getFirst();
    for (Phase next : phases) {
      phase = next.from() <= step ? next : phase;
    }
    RandomGenerator random = Streams.of(seed, STREAM, step);
    GraphTask task = task(random.nextInt(phase.fewest(), phase.most() + 1));
    List<Example> batch = new ArrayList<>();
    for (int i = 0; i < batchSize; i++) {
      batch.add(Prompts.reordered(task.example(random), task.shape(), random));
    }
    batch.sort(Comparator.comparingInt(Example::length));
    return batch;
  }

  private GraphTask task(int middleLayers) {
    var mixture =
        new GraphMixture(
            List.of(
                new GraphClass("one path", 0, PathRule.UNIFORM, HiddenBit.EITHER),
                new GraphClass("uniform", middleLayers / 2, PathRule.UNIFORM, HiddenBit.EITHER)),
            List.of(1 - BRANCHING, BRANCHING));
    return new GraphTask(new GraphShape(middleLayers, width, vocabulary), mixture);
  }
}
