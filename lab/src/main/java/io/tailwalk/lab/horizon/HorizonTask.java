package io.tailwalk.lab.horizon;

import io.tailwalk.builtin.graph.GraphExample;
import io.tailwalk.builtin.graph.GraphMixture;
import io.tailwalk.builtin.graph.GraphShape;
import io.tailwalk.builtin.graph.GraphTask;
import io.tailwalk.core.random.Streams;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.data.TrainingData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The data of one horizon: graphs with one path (weight 0.94), graphs with half of the layers
 * branching whose path follows a parity of all passable nodes (0.05), and graphs with four
 * branching layers whose 16 paths are equally likely (0.01). Each step draws new training data.
 */
final class HorizonTask {
  /** Branching layers of the third class. */
  static final int UNIFORM_LAYERS = 4;

  private static final long TRAINING = 0x7A1;
  private static final long HELD_OUT = 0x4E1D;

  private final GraphTask task;
  private final List<GraphTask> classes;

  /**
   * Makes the data of a horizon.
   *
   * @param middleLayers H; even and above 8, at which the second and third class would look alike
   * @param width nodes per layer
   * @param vocabulary number of integers from which nodes are drawn
   */
  HorizonTask(int middleLayers, int width, int vocabulary) {
    if (middleLayers % 2 != 0 || middleLayers <= 2 * UNIFORM_LAYERS) {
      throw new IllegalArgumentException(
          "the number of middle layers must be even and above "
              + 2 * UNIFORM_LAYERS
              + ", got "
              + middleLayers);
    }
    var shape = new GraphShape(middleLayers, width, vocabulary);
    GraphMixture mixture = GraphMixture.ofHorizon(middleLayers, UNIFORM_LAYERS);
    task = new GraphTask(shape, mixture);
    classes = mixture.each().stream().map(one -> new GraphTask(shape, one)).toList();
  }

  /** H. */
  int middleLayers() {
    return task.shape().middleLayers();
  }

  /** The weight of each class. */
  List<Double> weights() {
    return task.mixture().weights();
  }

  /** Maximum number of tokens of a prompt with its response. */
  int maxTokens() {
    return task.maxTokens();
  }

  /**
   * Makes training data of new batches, shortest sequences first so that micro-batches need little
   * padding.
   *
   * @param batchSize examples per step
   */
  TrainingData training(long seed, int batchSize) {
    return TrainingData.fresh(
        step -> {
          RandomGenerator random = Streams.of(seed, TRAINING, middleLayers(), step);
          List<Example> batch = new ArrayList<>();
          for (int i = 0; i < batchSize; i++) {
            batch.add(Prompts.reordered(task.example(random), task.shape(), random));
          }
          batch.sort(Comparator.comparingInt(Example::length));
          return batch;
        },
        task.shape() + " " + task.mixture() + " batches of " + batchSize + ", seed " + seed);
  }

  /** Held-out prompts of one class, each with a response of the data and its exact probability. */
  HeldOut heldOut(long seed, int classIndex, int count) {
    List<Example> examples = new ArrayList<>();
    List<Double> logProbs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long stream = Streams.key(seed, HELD_OUT, middleLayers(), classIndex);
      RandomGenerator random = Streams.of(stream, i);
      GraphExample drawn = classes.get(classIndex).example(random);
      examples.add(Prompts.reordered(drawn, task.shape(), random));
      logProbs.add(task.logProb(drawn.graph(), drawn.response()));
    }
    return new HeldOut(examples, logProbs);
  }

  /**
   * Held-out prompts with responses.
   *
   * @param examples prompts with responses
   * @param logProbs log-probabilities of the responses under the data distribution, nats
   */
  record HeldOut(List<Example> examples, List<Double> logProbs) {
    /** Keeps copies. */
    HeldOut {
      examples = List.copyOf(examples);
      logProbs = List.copyOf(logProbs);
    }

    /** The first examples, at most this many. */
    HeldOut first(int count) {
      int n = Math.min(count, examples.size());
      return new HeldOut(examples.subList(0, n), logProbs.subList(0, n));
    }
  }
}
