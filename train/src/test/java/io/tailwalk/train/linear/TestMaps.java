package io.tailwalk.train.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Problems for tests. */
final class TestMaps {
  private TestMaps() {}

  /** Features newly drawn for every prefix: nothing is shared, no state is finite. */
  static final class WholeHistory implements FeatureMap {
    private final int dimension;
    private final int vocabularySize;
    private final int[] lengths;
    private final Map<String, Cell> cells = new HashMap<>();

    WholeHistory(RandomGenerator random, int dimension, int vocabularySize, int... lengths) {
      this.dimension = dimension;
      this.vocabularySize = vocabularySize;
      this.lengths = lengths;
      for (int prompt = 0; prompt < lengths.length; prompt++) {
        fill(random, prompt, new int[0]);
      }
    }

    private void fill(RandomGenerator random, int prompt, int[] prefix) {
      if (prefix.length == lengths[prompt]) {
        return;
      }
      double[][] features = new double[vocabularySize][dimension];
      for (double[] row : features) {
        Arrays.setAll(row, i -> random.nextGaussian());
      }
      cells.put(prompt + Arrays.toString(prefix), Cell.dense(features));
      for (int token = 0; token < vocabularySize; token++) {
        int[] longer = Arrays.copyOf(prefix, prefix.length + 1);
        longer[prefix.length] = token;
        fill(random, prompt, longer);
      }
    }

    @Override
    public int dimension() {
      return dimension;
    }

    @Override
    public int vocabularySize() {
      return vocabularySize;
    }

    @Override
    public int prompts() {
      return lengths.length;
    }

    @Override
    public int length(int prompt) {
      return lengths[prompt];
    }

    @Override
    public Cell cell(int prompt, int[] response, int h) {
      return java.util.Objects.requireNonNull(
          cells.get(prompt + Arrays.toString(Arrays.copyOf(response, h))));
    }
  }

  static LinearProblem wholeHistory(RandomGenerator random) {
    return problem(random, new WholeHistory(random, 3, 3, 4, 2));
  }

  /** Two prompts, two tokens, four whole-numbered features of prompt, token and token before. */
  static LinearProblem markov(RandomGenerator random, int length) {
    List<List<Cell>> prompts = new ArrayList<>();
    for (int prompt = 0; prompt < 2; prompt++) {
      List<Cell> cells = new ArrayList<>();
      for (int before = 0; before < 3; before++) {
        double[][] features = new double[2][4];
        for (double[] row : features) {
          Arrays.setAll(row, i -> 0.5 * random.nextInt(-2, 3));
        }
        cells.add(Cell.dense(features));
      }
      prompts.add(cells);
    }
    return problem(random, new MarkovFeatures(4, length, prompts));
  }

  /** Independent positions of two kinds in each of two prompts, three tokens. */
  static LinearProblem positional(RandomGenerator random) {
    List<List<Cell>> prompts = new ArrayList<>();
    for (int prompt = 0; prompt < 2; prompt++) {
      Cell first = Cell.of(new int[] {2, prompt}, new double[][] {{-1, 0}, {0, 3}, {1, 1.5}});
      Cell second = Cell.of(new int[] {prompt}, new double[][] {{-1.5}, {0}, {4.5}});
      prompts.add(List.of(first, second, second, first, second, first));
    }
    return problem(random, new PositionalFeatures(3, prompts));
  }

  static LinearProblem problem(RandomGenerator random, FeatureMap features) {
    double[] weights = new double[features.prompts()];
    Arrays.setAll(weights, i -> 0.1 + random.nextDouble());
    double sum = Arrays.stream(weights).sum();
    Arrays.setAll(weights, i -> weights[i] / sum);
    Domain domain = Domain.ball(features.dimension(), 1);
    double[] thetaStar = theta(random, domain);
    return new LinearProblem("test", new LinearModel(features, thetaStar), weights, domain);
  }

  /** A point of the domain, often on its edge. */
  static double[] theta(RandomGenerator random, Domain domain) {
    double[] theta = new double[domain.dimension()];
    Arrays.setAll(theta, i -> random.nextGaussian());
    domain.project(theta);
    return theta;
  }
}
