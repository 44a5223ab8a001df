package io.tailwalk.lab.bound;

import io.tailwalk.core.random.Streams;
import io.tailwalk.train.linear.Cell;
import io.tailwalk.train.linear.DistributionPair;
import io.tailwalk.train.linear.Domain;
import io.tailwalk.train.linear.Enumeration;
import io.tailwalk.train.linear.FeatureMap;
import io.tailwalk.train.linear.LinearModel;
import io.tailwalk.train.linear.LinearProblem;
import io.tailwalk.train.linear.MarkovFeatures;
import io.tailwalk.train.linear.PositionalFeatures;
import io.tailwalk.train.linear.SequenceDistribution;
import io.tailwalk.train.linear.TestTimeDistribution;
import io.tailwalk.train.linear.TokenUpdates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A random problem: the data distribution, a model (one in three with test-time training, which is
 * not a linear model) and a third distribution as target of the chain rule, all enumerated.
 *
 * @param name its number and shape
 * @param pair data against model
 * @param targetAgainstModel target against model
 * @param targetAgainstData target against data
 * @param steps data against model, step by step
 */
record RandomCase(
    String name,
    DistributionPair pair,
    DistributionPair targetAgainstModel,
    DistributionPair targetAgainstData,
    Steps steps) {
  private static final int MAX_RESPONSES = 800;

  static RandomCase draw(long seed, int number) {
    RandomGenerator random = Streams.of(seed, 0xB0, number);
    int tokens = 2 + random.nextInt(3);
    int most = (int) (Math.log(MAX_RESPONSES) / Math.log(tokens));
    int length = 1 + random.nextInt(most);
    int dimension = 1 + random.nextInt(5);
    boolean opposite = number % 4 == 3;
    double sharpness = opposite ? 20 : Math.exp(3 * random.nextDouble() - 1);
    FeatureMap features = features(random, tokens, length, dimension, sharpness);
    double[] weights = {random.nextDouble(), 0};
    weights[1] = 1 - weights[0];
    Domain ball = Domain.ball(dimension, 1);
    double[] star = inBall(random, dimension, 1);
    // Near and far models alike: KL from far below 1 to tens of nats.
    double distance = Math.exp(-4 * random.nextDouble()) * 2;
    double[] theta = near(random, opposite ? negated(star) : star, distance);
    double[] target = near(random, star, distance);
    var problem = new LinearProblem("" + number, new LinearModel(features, star), weights, ball);
    boolean testTime = number % 3 == 2;
    SequenceDistribution model =
        testTime
            ? new TestTimeDistribution(
                new TokenUpdates(features, ball, random.nextDouble() / sharpness), theta)
            : new LinearModel(features, theta);
    var aim = new LinearModel(features, target);
    DistributionPair pair = Enumeration.pair(problem, model);
    DistributionPair dataAndTarget = Enumeration.pair(problem, aim);
    String name =
        String.format(
            "problem %d (V=%d H=%d%s)", number, tokens, length, testTime ? ", test time" : "");
    return new RandomCase(
        name, pair, joined(dataAndTarget, pair), swapped(dataAndTarget), Steps.of(problem, model));
  }

  /**
   * Ber(p) against Ber(p/N) with small p, on which the KL bound is almost reached.
   *
   * @param n the N
   */
  static RandomCase tight(double n) {
    var features =
        new PositionalFeatures(1, List.of(List.of(Cell.dense(new double[][] {{0}, {1}}))));
    double p = 1e-4;
    double[] star = {Math.log(p / (1 - p))};
    double[] theta = {Math.log(p / n / (1 - p / n))};
    var problem =
        new LinearProblem(
            "tight", new LinearModel(features, star), new double[] {1}, Domain.box(1, 50));
    var model = new LinearModel(features, theta);
    DistributionPair pair = Enumeration.pair(problem, model);
    DistributionPair same = Enumeration.pair(problem, problem.truth());
    return new RandomCase(
        "Ber(p) against Ber(p/" + n + ")", pair, pair, same, Steps.of(problem, model));
  }

  private static FeatureMap features(
      RandomGenerator random, int tokens, int length, int dimension, double sharpness) {
    boolean markov = random.nextBoolean();
    List<List<Cell>> cells = new ArrayList<>();
    for (int prompt = 0; prompt < 2; prompt++) {
      List<Cell> list = new ArrayList<>();
      for (int i = 0; i < (markov ? tokens + 1 : length); i++) {
        double[][] phi = new double[tokens][];
        for (int token = 0; token < tokens; token++) {
          phi[token] = inBall(random, dimension, sharpness);
        }
        list.add(Cell.dense(phi));
      }
      cells.add(list);
    }
    return markov
        ? new MarkovFeatures(dimension, length, cells)
        : new PositionalFeatures(dimension, cells);
  }

  /** A point of the ball with random direction and length. */
  private static double[] inBall(RandomGenerator random, int dimension, double radius) {
    double[] point = new double[dimension];
    double squares = 0;
    for (int i = 0; i < dimension; i++) {
      point[i] = random.nextGaussian();
      squares += point[i] * point[i];
    }
    double length = radius * random.nextDouble() / Math.sqrt(squares);
    for (int i = 0; i < dimension; i++) {
      point[i] *= length;
    }
    return point;
  }

  private static double[] negated(double[] point) {
    return Arrays.stream(point).map(x -> -x).toArray();
  }

  private static double[] near(RandomGenerator random, double[] star, double distance) {
    double[] point = inBall(random, star.length, distance);
    double squares = 0;
    for (int i = 0; i < point.length; i++) {
      point[i] += star[i];
      squares += point[i] * point[i];
    }
    double scale = Math.min(1, 1 / Math.sqrt(squares));
    for (int i = 0; i < point.length; i++) {
      point[i] *= scale;
    }
    return point;
  }

  /** The second distribution of a against the second of b. */
  private static DistributionPair joined(DistributionPair a, DistributionPair b) {
    List<DistributionPair.Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < a.prompts().size(); i++) {
      DistributionPair.Prompt of = a.prompts().get(i);
      prompts.add(new DistributionPair.Prompt(of.weight(), of.logQ(), b.prompts().get(i).logQ()));
    }
    return new DistributionPair(prompts);
  }

  private static DistributionPair swapped(DistributionPair pair) {
    return new DistributionPair(
        pair.prompts().stream()
            .map(prompt ->
                new DistributionPair.Prompt(prompt.weight(), prompt.logQ(), prompt.logP()))
            .toList());
  }
}
