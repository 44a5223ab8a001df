package io.tailwalk.lab.dyck;

import io.tailwalk.lab.ShippedModel;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.optim.Adam;
import io.tailwalk.train.optim.LearningRate;
import io.tailwalk.train.run.Trainer;
import io.tailwalk.train.run.TrainingSettings;
import io.tailwalk.train.torch.TorchEngine;
import java.util.Locale;

/**
 * The transformer that is the base distribution. The shipped model, from which the quick scale
 * starts, was made on one core in a few minutes by
 *
 * <pre>./tailwalk lab dyck --seed 0 --write-base base.safetensors</pre>
 */
final class BaseModel {
  private static final Adam.Constants CONSTANTS = new Adam.Constants(true, 0.9, 0.99, 1e-8, 0.1);
  private static final long WARM_UP = 100;

  private BaseModel() {}

  /** The parameters that are part of the program. */
  static float[] shipped(DyckPlan plan) {
    return ShippedModel.values(BaseModel.class, plan.shape());
  }

  /**
   * Trains a model from scratch, on one thread, so that the same seed gives bit-identical results.
   *
   * @return the model; the caller closes it
   */
  static Transformer trained(DyckPlan plan, long seed, Watch watch) {
    TorchEngine.useThreads(1);
    Transformer model = Transformer.create(plan.shape(), seed);
    boolean done = false;
    var rate =
        LearningRate.cosine(
            plan.base().rate(), WARM_UP, plan.base().steps(), plan.base().rate() / 20);
    try (Adam adam = new Adam(rate, CONSTANTS, model.layout().decayed())) {
      Trainer trainer =
          new Trainer(
              model,
              adam,
              plan.grammar().training(plan.base().batch(), seed),
              TrainingSettings.standard().perToken().clippedAt(1));
      double[] loss = new double[1];
      trainer.listen((_, report) -> loss[0] = report.loss());
      trainer.run(
          plan.base().steps(),
          () -> {
            watch.step(
                trainer.step(),
                plan.base().steps(),
                String.format(Locale.ROOT, "base model, loss %.3f", loss[0]));
            return false;
          });
      done = true;
      return model;
    } finally {
      if (!done) {
        model.close();
      }
    }
  }
}
