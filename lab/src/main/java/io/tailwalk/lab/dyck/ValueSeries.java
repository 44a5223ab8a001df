package io.tailwalk.lab.dyck;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.train.value.ValueTraining;
import io.tailwalk.values.FitSettings;
import io.tailwalk.values.LearnedValue;
import io.tailwalk.values.OneHot;
import io.tailwalk.values.Rollout;
import io.tailwalk.values.Rollouts;
import java.util.ArrayList;
import java.util.List;

/**
 * A value learned from labelled rollouts of the model, after each epoch: a perceptron on one-hot
 * brackets by position, trained by cross-entropy against the verdict.
 *
 * @param passed number of rollouts that the verifier accepts
 * @param values the value after each epoch
 * @param heldOutLoss mean cross-entropy on held-out prefixes after each epoch (nats)
 * @param best the epoch with the least held-out loss, from 1
 */
record ValueSeries(long passed, List<LearnedValue> values, List<Double> heldOutLoss, int best) {
  private static final List<Integer> HIDDEN = List.of(64, 32);
  private static final int BATCH = 512;
  private static final double RATE = 3e-3;
  private static final double DECAY = 0.01;
  private static final double HELD_OUT = 0.1;

  /** Keeps copies. */
  ValueSeries {
    values = List.copyOf(values);
    heldOutLoss = List.copyOf(heldOutLoss);
  }

  /** Draws rollouts and learns, on one thread. */
  static ValueSeries learn(Task task, DyckPlan plan, long seed, Watch watch) {
    TorchEngine.useThreads(1);
    int length = task.verifier().responseLength();
    List<Rollout> rollouts =
        new Rollouts(task.model(), task.verifier(), length, List.of())
            .draw(
                task.prompt(),
                plan.rollouts(),
                Streams.key(seed, 1),
                drawn -> {
                  watch.step(drawn, plan.rollouts(), "rollouts");
                  return true;
                });
    int epochs = plan.epochs().getLast();
    var fit = new FitSettings(HIDDEN, epochs, BATCH, RATE, DECAY, epochs, Streams.key(seed, 2));
    var features = new OneHot(DyckLanguage.NUM_TOKENS, length);
    List<LearnedValue> values = new ArrayList<>();
    ValueTraining.Result result =
        new ValueTraining(features, ValueFunction.ONE, HELD_OUT, fit)
            .run(
                rollouts,
                epoch -> {
                  watch.step(epoch, epochs, "value");
                  return true;
                },
                values::add);
    return new ValueSeries(
        rollouts.stream().filter(rollout -> rollout.tau() > 0).count(),
        values,
        result.heldOutLoss(),
        result.bestEpoch() + 1);
  }

  /** The value after this many epochs. */
  LearnedValue after(int epochs) {
    return values.get(epochs - 1);
  }
}
