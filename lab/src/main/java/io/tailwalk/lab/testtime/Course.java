package io.tailwalk.lab.testtime;

import io.tailwalk.core.random.Streams;
import io.tailwalk.coverage.LogRatio;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.model.TransformerConfig;
import io.tailwalk.train.run.TokenSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * One pass of token steps over fresh sequences at one rate, scored on the same held-out responses
 * with and without updates at test time.
 *
 * @param rate eta of training
 * @param regret log-loss of training in excess of the data distribution's, mean over sequences,
 *     nats; each token is charged before its own step
 * @param without mean over evenly spaced iterates, without updates at test time
 * @param with the same with updates at test time
 */
record Course(double rate, double regret, Score without, Score with) {
  /** The N of the coverage. */
  static final double LEVEL = 16;

  /**
   * Evenly spaced iterates whose scores are averaged: the guarantee of Theorem 6.1 is for the
   * average over the iterates, and single ones of token steps differ much.
   */
  static final int CHECKPOINTS = 12;

  /**
   * Trains and scores.
   *
   * @param sequences T
   * @param perSkill held-out responses of each skill
   * @param factor rate at test time, as a multiple of the rate of training
   */
  static Course run(
      SkillTask task,
      long seed,
      int sequences,
      int perSkill,
      double rate,
      double factor,
      Watch watch) {
    TransformerConfig shape =
        TransformerConfig.llama(task.vocabulary(), task.length() + 1, 1, 2, 16);
    List<Example> heldOut = heldOut(task, seed, perSkill);
    try (Transformer model = Transformer.create(shape, Streams.key(seed, 1))) {
      var training = new TokenSteps(model, rate);
      var testTime = new TokenSteps(model, rate * factor);
      RandomGenerator random = Streams.of(seed, 2);
      double regret = 0;
      List<Score> without = new ArrayList<>();
      List<Score> with = new ArrayList<>();
      for (int t = 1; t <= sequences; t++) {
        watch.check();
        Example example = task.draw(random);
        regret += (task.logProb(example) - training.train(example)) / sequences;
        if (t * CHECKPOINTS / sequences > (t - 1) * CHECKPOINTS / sequences) {
          without.add(score(task, heldOut, perSkill, model.sequenceLogProbs(heldOut, 64)));
          with.add(
              score(
                  task,
                  heldOut,
                  perSkill,
                  heldOut.stream().mapToDouble(testTime::logProb).toArray()));
        }
      }
      return new Course(rate, regret, Score.mean(without), Score.mean(with));
    }
  }

  private static List<Example> heldOut(SkillTask task, long seed, int perSkill) {
    RandomGenerator random = Streams.of(seed, 3);
    return IntStream.range(0, task.skills() * perSkill)
        .mapToObj(i -> task.drawFor(i / perSkill, random))
        .toList();
  }

  /** The standard error adds one success and one failure for each skill. */
  private static Score score(
      SkillTask task, List<Example> heldOut, int perSkill, double[] logProbs) {
    double coverage = 0;
    double variance = 0;
    double kl = 0;
    for (int skill = 0; skill < task.skills(); skill++) {
      int uncovered = 0;
      double weight = task.weight(skill);
      for (int i = skill * perSkill; i < (skill + 1) * perSkill; i++) {
        double ratio = task.logProb(heldOut.get(i)) - logProbs[i];
        uncovered += LogRatio.reaches(ratio, 0, Math.log(LEVEL)) ? 1 : 0;
        kl += weight * ratio / perSkill;
      }
      double share = (uncovered + 1.0) / (perSkill + 2.0);
      coverage += weight * uncovered / perSkill;
      variance += weight * weight * share * (1 - share) / perSkill;
    }
    return new Score(coverage, Math.sqrt(variance), kl);
  }
}
