package io.tailwalk.train.value;

import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.values.DepthPrior;
import io.tailwalk.values.FitSettings;
import io.tailwalk.values.LearnedValue;
import io.tailwalk.values.LearningException;
import io.tailwalk.values.Mlp;
import io.tailwalk.values.OneHot;
import io.tailwalk.values.PrefixFeatures;
import io.tailwalk.values.PrefixTable;
import io.tailwalk.values.Rollout;
import io.tailwalk.values.Standardised;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * Learns a value from labelled rollouts: regression of the tilt on prefixes, by cross-entropy with
 * the tilt over its largest value as the label. Its minimiser is {@code V*} over that value.
 *
 * @param features inputs of the perceptron
 * @param gate a sound value of prefixes; prefixes with value zero are skipped
 * @param heldOutShare part of the rollouts held out for choosing the epoch and for assessment, in
 *     (0, 0.5]
 * @param fit settings of the fit
 * @param depthPrior whether it starts with the mean at each depth and learns the difference
 */
public record ValueTraining(
    PrefixFeatures features,
    ValueFunction gate,
    double heldOutShare,
    FitSettings fit,
    boolean depthPrior) {
  private static final long SPLIT = 0x5B1;

  /** Without a depth prior. */
  public ValueTraining(
      PrefixFeatures features, ValueFunction gate, double heldOutShare, FitSettings fit) {
    this(features, gate, heldOutShare, fit, false);
  }

  /** Refuses shares out of range. */
  public ValueTraining {
    if (!(heldOutShare > 0 && heldOutShare <= 0.5)) {
      throw new LearningException("the held-out share must lie in (0, 0.5], got " + heldOutShare);
    }
  }

  /**
   * Result of training.
   *
   * @param value the value, without the gate
   * @param scale the tilt that a value of 1 of the perceptron represents
   * @param trainLoss mean cross-entropy while training, by epoch (nats)
   * @param heldOutLoss mean cross-entropy on held-out prefixes, by epoch (nats)
   * @param bestEpoch epoch whose parameters were kept, from 0; -1 if none was better than the mean
   *     at each depth, which was kept instead
   * @param leastLoss mean cross-entropy of the kept value on held-out prefixes (nats)
   * @param heldOut the rollouts held out for assessment
   * @param trained the others
   */
  public record Result(
      LearnedValue value,
      double scale,
      List<Double> trainLoss,
      List<Double> heldOutLoss,
      int bestEpoch,
      double leastLoss,
      List<Rollout> heldOut,
      List<Rollout> trained) {
    /** Keeps copies. */
    public Result {
      trainLoss = List.copyOf(trainLoss);
      heldOutLoss = List.copyOf(heldOutLoss);
      heldOut = List.copyOf(heldOut);
      trained = List.copyOf(trained);
    }
  }

  /**
   * Learns.
   *
   * @param goOn called before each epoch, counted from 0; false ends the fit
   * @throws LearningException if there are too few rollouts, or none with a tilt above 0
   */
  public Result run(List<Rollout> rollouts, IntPredicate goOn) {
    return run(rollouts, goOn, _ -> {});
  }

  /**
   * Learns.
   *
   * @param goOn called before each epoch, counted from 0; false ends the fit
   * @param afterEpoch called with the value, without the gate, at the end of each epoch
   * @throws LearningException if there are too few rollouts, or none with a tilt above 0
   */
  public Result run(List<Rollout> rollouts, IntPredicate goOn, Consumer<LearnedValue> afterEpoch) {
    return prepare(rollouts).fit(fit, goOn, afterEpoch);
  }

  /**
   * Splits rollouts and reads the features of their prefixes, which may cost as much as drawing
   * them: once for all fits.
   *
   * @throws LearningException if there are too few rollouts, or none with a tilt above 0
   */
  public Prepared prepare(List<Rollout> rollouts) {
    double scale = rollouts.stream().mapToDouble(Rollout::tau).max().orElse(0);
    if (!(scale > 0)) {
      throw new LearningException(
          "none of the "
              + rollouts.size()
              + " rollouts passes the verifier, so there is nothing to learn from; draw more"
              + " rollouts or use an easier verifier");
    }
    int heldOutCount = (int) Math.max(1, Math.round(heldOutShare * rollouts.size()));
    if (heldOutCount >= rollouts.size()) {
      throw new LearningException("learning a value needs at least 2 rollouts");
    }
    List<Rollout> mixed = shuffled(rollouts);
    return new Prepared(
        scale, mixed.subList(0, heldOutCount), mixed.subList(heldOutCount, mixed.size()));
  }

  /** Prefixes of rollouts with their features, as training data. */
  public final class Prepared {
    private final double scale;
    private final List<Rollout> heldOut;
    private final List<Rollout> trained;
    private final PrefixTable rows;
    private final PrefixTable others;
    private final DepthPrior prior;

    private Prepared(double scale, List<Rollout> heldOut, List<Rollout> trained) {
      this.scale = scale;
      this.heldOut = heldOut;
      this.trained = trained;
      this.rows = new PrefixTable(trained, scale, gate, features);
      this.others = new PrefixTable(heldOut, scale, gate, features);
      this.prior = depthPrior ? DepthPrior.of(rows) : DepthPrior.NONE;
      rows.prior(prior);
      others.prior(prior);
    }

    /**
     * Learns.
     *
     * @param settings settings of the fit
     * @param goOn called before each epoch, counted from 0; false ends the fit
     */
    public Result fit(FitSettings settings, IntPredicate goOn) {
      return fit(settings, goOn, _ -> {});
    }

    private Result fit(FitSettings settings, IntPredicate goOn, Consumer<LearnedValue> afterEpoch) {
      Fit.Result fitted = perceptron(settings, goOn, mlp -> afterEpoch.accept(value(mlp)));
      return new Result(
          value(fitted.mlp()),
          scale,
          fitted.trainLoss(),
          fitted.heldOutLoss(),
          fitted.bestEpoch(),
          fitted.leastLoss(),
          heldOut,
          trained);
    }

    private LearnedValue value(Mlp mlp) {
      return new LearnedValue(features, mlp, Math.log(scale), LearnedValue.LOG_FLOOR, prior);
    }

    /** One-hot inputs already have one scale; others are standardised. */
    private Fit.Result perceptron(
        FitSettings settings, IntPredicate goOn, Consumer<Mlp> afterEpoch) {
      int width = features.width();
      if (features instanceof OneHot) {
        return Fit.run(width, rows, others, settings, depthPrior, watch(goOn, afterEpoch));
      }
      Standardised standard = Standardised.of(rows, width);
      Fit.EpochWatch watch = watch(goOn, mlp -> afterEpoch.accept(standard.fold(mlp)));
      Fit.Result fitted =
          Fit.run(width, standard.over(rows), standard.over(others), settings, depthPrior, watch);
      return fitted.with(standard.fold(fitted.mlp()));
    }
  }

  private static Fit.EpochWatch watch(IntPredicate goOn, Consumer<Mlp> afterEpoch) {
    return new Fit.EpochWatch() {
      @Override
      public boolean goOn(int epoch) {
        return goOn.test(epoch);
      }

      @Override
      public void ended(Mlp mlp) {
        afterEpoch.accept(mlp);
      }
    };
  }

  private List<Rollout> shuffled(List<Rollout> rollouts) {
    List<Rollout> mixed = new ArrayList<>(rollouts);
    RandomGenerator random = Streams.of(fit.seed(), SPLIT);
    java.util.Collections.shuffle(mixed, random);
    return mixed;
  }
}
