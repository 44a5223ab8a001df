package io.tailwalk.cli.value;

import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.train.TrainException;
import io.tailwalk.train.value.Assessment;
import io.tailwalk.train.value.FitSettings;
import io.tailwalk.train.value.PrefixFeatures;
import io.tailwalk.train.value.Rollout;
import io.tailwalk.train.value.ValueTraining;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A value fitted to some rollouts and judged on others, which neither the fitting nor the choice of
 * the epoch has seen.
 *
 * @param settings how it was fitted
 * @param fitted the value
 * @param judged rollouts it is judged on
 * @param assessment how good it is there
 */
record ValueStudy(
    FitSettings settings, ValueTraining.Result fitted, int judged, Assessment assessment) {
  private static final long SPLIT = 0x7E57;

  /**
   * Fits and judges.
   *
   * @param gate a sound value; where it is zero nothing is learnt
   * @param training how it is fitted
   * @param share of the rollouts kept for judging, in (0, 0.5]
   * @param goOn asked before each epoch
   * @throws TrainException if there are too few rollouts, or none passes
   */
  static ValueStudy of(
      List<Rollout> rollouts,
      ValueFunction gate,
      ValueTraining training,
      double share,
      IntPredicate goOn) {
    List<Rollout> mixed = new ArrayList<>(rollouts);
    Collections.shuffle(mixed, Streams.of(training.fit().seed(), SPLIT));
    int judged = (int) Math.max(1, Math.round(share * mixed.size()));
    if (mixed.size() - judged < 2) {
      throw new TrainException("a value needs at least 3 rollouts; raise --rollouts");
    }
    ValueTraining.Result fitted = training.run(mixed.subList(judged, mixed.size()), goOn);
    List<Rollout> unseen = mixed.subList(0, judged);
    List<Rollout> seen = new ArrayList<>(fitted.trained());
    seen.addAll(fitted.heldOut());
    return new ValueStudy(
        training.fit(),
        fitted,
        judged,
        Assessment.of(fitted.value(), fitted.scale(), gate, unseen, seen));
  }

  /** The features that the value reads. */
  PrefixFeatures features() {
    return fitted.value().features();
  }
}
