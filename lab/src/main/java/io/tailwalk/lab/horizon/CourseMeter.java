package io.tailwalk.lab.horizon;

import io.tailwalk.train.model.Transformer;
import java.util.ArrayList;
import java.util.List;

/** Measures a model on the held-out prompts of each class of one horizon. */
final class CourseMeter {
  /** N of the coverage in the claim. */
  static final double LEVEL = 16;

  /** The last class has weight 1/100, so fewer of its prompts suffice. */
  private static final int FEWER = 4;

  private static final int SIDE_BY_SIDE = 32;

  private final List<Double> weights;
  private final List<HorizonTask.HeldOut> classes = new ArrayList<>();

  /**
   * Makes a meter on new prompts of a seed.
   *
   * @param prompts prompts of each class but the last, which has a quarter
   */
  CourseMeter(HorizonTask task, long seed, int prompts) {
    weights = task.weights();
    for (int c = 0; c < weights.size(); c++) {
      classes.add(task.heldOut(seed, c, share(c, prompts)));
    }
  }

  private int share(int classIndex, int prompts) {
    return classIndex + 1 < weights.size() ? prompts : Math.max(2, prompts / FEWER);
  }

  /**
   * Measures a model.
   *
   * @param step steps of training so far
   * @param prompts number of prompts of each class but the last, at most the number of the meter
   */
  HorizonPoint measure(Transformer model, long step, int prompts) {
    List<ClassPoint> points = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      HorizonTask.HeldOut some = classes.get(c).first(share(c, prompts));
      double[] scores = model.sequenceLogProbs(some.examples(), SIDE_BY_SIDE);
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < scores.length; i++) {
        ratios.add(some.logProbs().get(i) - scores[i]);
      }
      points.add(ClassPoint.of(ratios, LEVEL));
    }
    return new HorizonPoint(step, weights, points);
  }
}
