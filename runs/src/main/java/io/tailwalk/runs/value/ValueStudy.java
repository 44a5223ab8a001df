package io.tailwalk.runs.value;

import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.train.value.ValueTraining;
import io.tailwalk.values.Assessment;
import io.tailwalk.values.FitSettings;
import io.tailwalk.values.LearningException;
import io.tailwalk.values.PrefixFeatures;
import io.tailwalk.values.Rollout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A value fitted to some rollouts and assessed on others, which were used neither for fitting nor
 * for choosing the epoch.
 *
 * @param settings settings of the fit
 * @param fitted the value
 * @param judged number of held-out rollouts
 * @param assessment quality of the value on the held-out rollouts
 */
public record ValueStudy(
    FitSettings settings, ValueTraining.Result fitted, int judged, Assessment assessment) {
  private static final long SPLIT = 0x7E57;

  /**
   * Fits a value for each kind of features and each settings, keeps the best on the rollouts that
   * also choose the epoch, and assesses it.
   *
   * @param gate a sound value; prefixes at which it is zero are not learned
   * @param kinds kinds of features, at least one
   * @param ways settings of the fits, at least one, all with the same seed
   * @param share share of the rollouts held out for the assessment, in (0, 0.5]; the same share of
   *     the remaining rollouts chooses the epoch
   * @param watch called before each epoch of each fit
   * @throws LearningException if there are too few rollouts, or no rollout passes
   */
  static ValueStudy of(
      List<Rollout> rollouts,
      ValueFunction gate,
      List<PrefixFeatures> kinds,
      List<FitSettings> ways,
      double share,
      EpochWatch watch) {
    List<Rollout> mixed = new ArrayList<>(rollouts);
    Collections.shuffle(mixed, Streams.of(ways.getFirst().seed(), SPLIT));
    int judged = (int) Math.max(1, Math.round(share * mixed.size()));
    if (mixed.size() - judged < 2) {
      throw new LearningException("a value needs at least 3 rollouts; draw more");
    }
    List<Rollout> unseen = mixed.subList(0, judged);
    Fitted best =
        kinds.stream()
            .flatMap(
                kind -> fits(kind, gate, mixed.subList(judged, mixed.size()), ways, share, watch))
            .min(Comparator.comparingDouble(one -> one.result().leastLoss()))
            .orElseThrow();
    ValueTraining.Result fitted = best.result();
    List<Rollout> seen = new ArrayList<>(fitted.trained());
    seen.addAll(fitted.heldOut());
    return new ValueStudy(
        best.settings(),
        fitted,
        judged,
        Assessment.of(fitted.value(), fitted.scale(), gate, unseen, seen));
  }

  private record Fitted(FitSettings settings, ValueTraining.Result result) {}

  private static Stream<Fitted> fits(
      PrefixFeatures kind,
      ValueFunction gate,
      List<Rollout> rollouts,
      List<FitSettings> ways,
      double share,
      EpochWatch watch) {
    var prepared = new ValueTraining(kind, gate, share, ways.getFirst(), true).prepare(rollouts);
    return ways.stream()
        .map(way -> {
          String note = kind.kind() + ", weight decay " + way.weightDecay();
          return new Fitted(way, prepared.fit(way, epoch -> watch.goOn(epoch, note)));
        });
  }

  /** Receives the progress of a fit. */
  @FunctionalInterface
  public interface EpochWatch {
    /** Whether to continue with an epoch, counted from 0. */
    boolean goOn(int epoch, String note);
  }

  /**
   * Whether the value is better than its baseline: an epoch was better on the rollouts that choose
   * the epoch, and on the held-out rollouts the gain is above its standard error.
   */
  public boolean isBetter() {
    return fitted.bestEpoch() >= 0 && assessment.gain() > assessment.gainError();
  }

  /** The features that the value reads. */
  public PrefixFeatures features() {
    return fitted.value().features();
  }
}
