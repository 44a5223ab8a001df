package io.tailwalk.builtin.graph;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import java.util.random.RandomGenerator;

/**
 * The graph-reasoning task of arXiv 2510.15020 (App. C): the prompt lists the edges of a layered
 * graph in random order and requests a path from its source to its target; the response is such a
 * path. The data are a mixture of classes with an exact distribution.
 */
public final class GraphTask {
  /*
   * Within a class all graphs are equally likely, and the number of orders in which a graph's nodes
   * can be drawn depends on its branching layers only. So, over the classes c with the same number
   * of branching layers as x and a hidden bit that allows it,
   *
   *   P(c | x) proportional to w_c / P(hidden bit of c),
   *   pi_D(y | x) = sum_c P(c | x) pi_c(y | x).
   */
  private final GraphShape shape;
  private final GraphMixture mixture;
  private final GraphDraws draws;
  private final double[] logPrior;
  private final double[] cumulative;

  /**
   * A task.
   *
   * @throws IllegalArgumentException if a class has more branching layers than the shape has
   *     layers, or there are too few even or odd integers for them
   */
  public GraphTask(GraphShape shape, GraphMixture mixture) {
    int branching = mixture.maxBranchingLayers();
    if (branching > shape.middleLayers() || branching > shape.vocabulary() / 2) {
      throw new IllegalArgumentException(
          branching
              + " branching layers need the same number of middle layers, and of even and odd integers;"
              + " got "
              + shape);
    }
    this.shape = shape;
    this.mixture = mixture;
    draws = new GraphDraws(shape);
    int classes = mixture.classes().size();
    logPrior = new double[classes];
    cumulative = new double[classes];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      GraphClass kind = mixture.classes().get(c);
      double weight = mixture.weights().get(c);
      cumulative[c] = sum += weight;
      logPrior[c] = Math.log(weight / kind.hiddenBit().probability(shape, kind.branchingLayers()));
    }
  }

  /** The sizes. */
  public GraphShape shape() {
    return shape;
  }

  /** The classes. */
  public GraphMixture mixture() {
    return mixture;
  }

  /** The maximal number of tokens of a prompt and its response. */
  public int maxTokens() {
    return shape.maxPromptTokens(mixture.maxBranchingLayers()) + shape.horizon();
  }

  /** The example with a number: the same seed and number give the same example, in any order. */
  public GraphExample example(long seed, long number) {
    return example(Streams.of(seed, number));
  }

  /** A random example. */
  public GraphExample example(RandomGenerator random) {
    int index = new RandomChooser(random).categorical(cumulative, 0, cumulative.length);
    GraphClass kind = mixture.classes().get(index);
    LayeredGraph graph = draws.graph(kind, random);
    int[] response = draws.response(graph, kind.rule(), random);
    return new GraphExample(graph, GraphPrompts.encode(graph, shape, random), response, index);
  }

  /**
   * The log-probability of a response given the graph of a prompt, under the data: nats, negative
   * infinity if no class allows it.
   *
   * @throws IllegalArgumentException if the data never contain the graph
   */
  public double logProb(LayeredGraph graph, int[] response) {
    double[] posterior = classDistribution(graph);
    double probability = 0;
    for (int c = 0; c < posterior.length; c++) {
      if (posterior[c] > 0) {
        probability += posterior[c] * given(mixture.classes().get(c).rule(), graph, response);
      }
    }
    return Math.log(probability);
  }

  /**
   * The probability of each class given a graph.
   *
   * @throws IllegalArgumentException if the data never contain the graph
   */
  public double[] classDistribution(LayeredGraph graph) {
    int bit = HiddenBit.of(graph, shape);
    int branching = graph.branchingLayers();
    double[] distribution = new double[logPrior.length];
    double sum = 0;
    for (int c = 0; c < distribution.length; c++) {
      GraphClass kind = mixture.classes().get(c);
      boolean possible = kind.branchingLayers() == branching && kind.hiddenBit().allows(bit);
      distribution[c] = possible ? Math.exp(logPrior[c]) : 0;
      sum += distribution[c];
    }
    if (sum == 0) {
      throw new IllegalArgumentException(
          "no class of the mixture has a graph with "
              + branching
              + " branching layers and hidden bit "
              + bit);
    }
    for (int c = 0; c < distribution.length; c++) {
      distribution[c] /= sum;
    }
    return distribution;
  }

  private static double given(PathRule rule, LayeredGraph graph, int[] response) {
    if (!graph.isPath(response)) {
      return 0;
    }
    if (!rule.isDeterministic()) {
      return 1.0 / graph.numPaths();
    }
    for (int i = 0; i < graph.layers().size(); i++) {
      boolean chooses = graph.layers().get(i).branches();
      if (chooses && (response[i + 1] & 1) != rule.parity(graph, i)) {
        return 0;
      }
    }
    return 1;
  }
}
