package io.tailwalk.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.tailwalk.train.TinyModels;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.data.TrainingData;
import io.tailwalk.train.model.Architecture;
import io.tailwalk.train.model.TokenBatch;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.optim.LearningRate;
import io.tailwalk.train.optim.NormalisedSgd;
import io.tailwalk.train.torch.Vectors;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Normalised SGD on transformers, against finite differences. */
class NormalisedStepTest {
  private static final List<Example> BATCH =
      List.of(
          new Example(new int[] {1, 4}, new int[] {3, 3, 0}),
          new Example(new int[] {2}, new int[] {5}));
  private static final double RATE = 0.4;
  private static final double LAMBDA = 0.7;
  private static final int EVERY = 17;

  /** {@code theta + eta g / (lambda + |g|)}, g of the mean log-probability of a response. */
  @ParameterizedTest
  @EnumSource
  void run_oneStep_isAlongTheFiniteDifferenceAndOfItsLength(Architecture architecture) {
    try (Transformer model = Transformer.createDouble(TinyModels.config(architecture), 3);
        NormalisedSgd optimizer = new NormalisedSgd(LearningRate.fixed(RATE), LAMBDA)) {
      double[] before = Vectors.doubles(model.parameters());
      double norm = gradientNorm(model);
      assertThat(norm).isGreaterThan(0.1);
      double[] wanted = new double[before.length];
      for (int i = 0; i < wanted.length; i += EVERY) {
        double slope = (logProb(model, i, 1e-5) - logProb(model, i, -1e-5)) / 2e-5;
        wanted[i] = before[i] + RATE * slope / (LAMBDA + norm);
      }
      new Trainer(
              model,
              optimizer,
              TrainingData.fresh(_ -> BATCH, "two examples"),
              TrainingSettings.standard().microBatches(1))
          .run(1);
      double[] after = Vectors.doubles(model.parameters());
      for (int i = 0; i < wanted.length; i += EVERY) {
        assertThat(after[i]).as("parameter %d", i).isCloseTo(wanted[i], within(1e-7));
      }
    }
  }

  /** Of the mean log-probability; that the gradient is right is tested elsewhere. */
  private static double gradientNorm(Transformer model) {
    model.zeroGradient();
    model.backward(TokenBatch.of(BATCH), 0.5);
    try (NDManager manager = model.newManager()) {
      return Vectors.norm(model.gradient(manager));
    }
  }

  private static double logProb(Transformer model, int at, double shift) {
    double[] shifts = new double[model.layout().size()];
    shifts[at] = shift;
    try (NDManager manager = model.newManager()) {
      NDArray before = model.snapshot(manager);
      model.parameters().addi(manager.create(shifts));
      double[] logProbs = model.sequenceLogProbs(BATCH, 2);
      model.restore(before);
      return (logProbs[0] + logProbs[1]) / 2;
    }
  }
}
