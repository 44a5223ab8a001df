package io.tailwalk.train.linear;

import io.tailwalk.core.random.Chooser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Draws pairs of prompt and response from a problem. Belongs to one thread. */
public final class DataSource {
  private final LinearProblem problem;
  private final double[] prompts;
  private final Map<Cell, double[]> tokens = new HashMap<>();
  private final Chooser chooser;

  /** Draws through the given chooser. */
  public DataSource(LinearProblem problem, Chooser chooser) {
    this.problem = problem;
    this.chooser = chooser;
    this.prompts = runningSums(problem.promptWeights());
  }

  /** A prompt from mu and a response from {@code pi_D}. */
  public Sequence draw() {
    return drawFor(chooser.categorical(prompts, 0, prompts.length));
  }

  /** A response from {@code pi_D} to a given prompt. */
  public Sequence drawFor(int prompt) {
    FeatureMap features = problem.features();
    int[] response = new int[features.length(prompt)];
    Cell last = null;
    double[] sums = {};
    for (int h = 0; h < response.length; h++) {
      Cell cell = features.cell(prompt, response, h);
      if (cell != last) {
        sums = tokens.computeIfAbsent(cell, this::tokenSums);
        last = cell;
      }
      response[h] = chooser.categorical(sums, 0, sums.length);
    }
    return new Sequence(prompt, response);
  }

  /** The given number of pairs. */
  public List<Sequence> draw(long count) {
    List<Sequence> sequences = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      sequences.add(draw());
    }
    return sequences;
  }

  private double[] tokenSums(Cell cell) {
    double[] probabilities = cell.logProbs(problem.truth().theta());
    for (int token = 0; token < probabilities.length; token++) {
      probabilities[token] = Math.exp(probabilities[token]);
    }
    return runningSums(probabilities);
  }

  static double[] runningSums(double[] weights) {
    double[] sums = weights.clone();
    for (int i = 1; i < sums.length; i++) {
      sums[i] += sums[i - 1];
    }
    return sums;
  }
}
