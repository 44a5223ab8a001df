package io.tailwalk.lab.horizon;

import io.tailwalk.lab.ShippedModel;
import io.tailwalk.train.model.ParameterSpec;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.optim.VectorOptimizer;
import io.tailwalk.train.run.StepReport;
import io.tailwalk.train.run.Trainer;
import java.util.List;

/**
 * A model that can look up the next node of a path, before training on the mixture of any horizon
 * of the experiment.
 */
public final class BaseModel {

  /** A small model learns faster with initial weights twice as large as those of large models. */
  private static final float SPREAD = 2;

  private static final long KEPT_EVERY = 250;
  private static final String NAME = "base";

  private BaseModel() {}

  /** The model that is part of the program. */
  static Transformer shipped() {
    return ShippedModel.of(BaseModel.class).model();
  }

  /**
   * Trains a model from scratch.
   *
   * @param loss told of each step
   * @return the model; the caller closes it
   */
  static Transformer trained(
      HorizonPlan plan, long seed, Store store, java.util.function.Consumer<StepReport> loss) {
    Transformer model = Transformer.create(plan.shape(), seed);
    boolean done = false;
    try (VectorOptimizer optimizer = plan.base().optimizer(model)) {
      spread(model);
      Trainer trainer =
          new Trainer(
              model,
              optimizer,
              plan.curriculum().training(seed, plan.base().batch()),
              plan.base().settings());
      store.resume(trainer, NAME);
      trainer.listen((self, report) -> {
        if (report.step() % KEPT_EVERY == 0 || report.step() == plan.base().steps()) {
          store.keep(self, NAME, List.of());
        }
        loss.accept(report);
      });
      trainer.run(plan.base().steps());
      done = true;
      return model;
    } finally {
      if (!done) {
        model.close();
      }
    }
  }

  private static void spread(Transformer model) {
    float[] values = model.values();
    for (ParameterSpec parameter : model.layout().parameters()) {
      if (parameter.shape().size() == 2) {
        for (int i = 0; i < parameter.size(); i++) {
          values[parameter.offset() + i] *= SPREAD;
        }
      }
    }
    model.setValues(values);
  }
}
