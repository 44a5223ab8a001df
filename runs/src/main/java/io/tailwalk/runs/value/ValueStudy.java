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
 * A value fitted to some rollouts and judged on others, which neither the fitting nor the choice of
 * the epoch has seen.
 *
 * @param settings how it was fitted
 * @param fitted the value
 * @param judged rollouts it is judged on
 * @param assessment how good it is there
 */
public record ValueStudy(
    FitSettings settings, ValueTraining.Result fitted, int judged, Assessment assessment) {
  private static final long SPLIT = 0x7E57;

  /**
   * Fits to each kind of features in each way, keeps what is best on the rollouts that choose the
   * epoch too, and judges that.
   *
   * @param gate a sound value; where it is zero nothing is learnt
   * @param kinds of features, at least one
   * @param ways to fit, at least one, of one seed
   * @param share of the rollouts kept for judging, in (0, 0.5]; the same share of the others
   *     chooses
   * @param watch asked before each epoch of each
   * @throws LearningException if there are too few rollouts, or none passes
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

  /** Hears of epochs. */
  @FunctionalInterface
  public interface EpochWatch {
    /** Whether to go on with an epoch, counted from 0. */
    boolean goOn(int epoch, String note);
  }

  /** The features that the value reads. */
  public PrefixFeatures features() {
    return fitted.value().features();
  }
}
