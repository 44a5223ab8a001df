package io.tailwalk.lab.dyck;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.core.random.Streams;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.train.value.PrefixRegression;
import io.tailwalk.values.FitSettings;
import io.tailwalk.values.LabelledPrefix;
import io.tailwalk.values.LearnedValue;
import io.tailwalk.values.OneHot;
import java.util.ArrayList;
import java.util.List;

/**
 * A value learned from {@link RestrictedRollouts}, after each epoch: a perceptron on one-hot
 * brackets by position, trained by cross-entropy against the labels. It is never zero: at sampling
 * time only the verifier knows what is valid, and it judges complete responses.
 *
 * @param prefixes number of labelled prefixes
 * @param completable number of those that some response completes
 * @param values the value after each epoch
 * @param heldOutLoss mean cross-entropy on held-out prefixes after each epoch (nats)
 * @param best the epoch with the least held-out loss, from 1
 */
record ValueSeries(
    int prefixes, int completable, List<LearnedValue> values, List<Double> heldOutLoss, int best) {
  private static final List<Integer> HIDDEN = List.of(64, 32);
  private static final int BATCH = 512;
  private static final double RATE = 3e-3;
  private static final double DECAY = 0.01;

  /** One rollout in this many is held out. */
  private static final int HELD_OUT = 10;

  /** Keeps copies. */
  ValueSeries {
    values = List.copyOf(values);
    heldOutLoss = List.copyOf(heldOutLoss);
  }

  /** Draws rollouts and learns, on one thread. */
  static ValueSeries learn(Task task, DyckPlan plan, long seed, Watch watch) {
    TorchEngine.useThreads(1);
    var rollouts = new RestrictedRollouts(task);
    List<LabelledPrefix> train = new ArrayList<>();
    List<LabelledPrefix> heldOut = new ArrayList<>();
    for (int i = 0; i < plan.rollouts(); i++) {
      watch.step(i, plan.rollouts(), "rollouts");
      (i % HELD_OUT == 0 ? heldOut : train).addAll(rollouts.draw(Streams.key(seed, 1), i));
    }
    int epochs = plan.epochs().getLast();
    var fit = new FitSettings(HIDDEN, epochs, BATCH, RATE, DECAY, epochs, Streams.key(seed, 2));
    var features = new OneHot(DyckLanguage.NUM_TOKENS, task.verifier().responseLength());
    PrefixRegression.Result result =
        new PrefixRegression(features, 1, fit)
            .run(
                train,
                heldOut,
                epoch -> {
                  watch.step(epoch, epochs, "value");
                  return true;
                });
    long alive = train.stream().filter(prefix -> prefix.value() > 0).count();
    long others = heldOut.stream().filter(prefix -> prefix.value() > 0).count();
    return new ValueSeries(
        train.size() + heldOut.size(),
        Math.toIntExact(alive + others),
        result.values(),
        result.heldOutLoss(),
        result.bestEpoch() + 1);
  }

  /** The value after this many epochs. */
  LearnedValue after(int epochs) {
    return values.get(epochs - 1);
  }
}
