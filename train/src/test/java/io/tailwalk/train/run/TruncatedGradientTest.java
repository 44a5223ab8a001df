package io.tailwalk.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.tailwalk.train.TinyModels;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.data.TrainingData;
import io.tailwalk.train.model.Architecture;
import io.tailwalk.train.model.TokenBatch;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.optim.LearningRate;
import io.tailwalk.train.optim.Sgd;
import io.tailwalk.train.torch.Vectors;
import io.tailwalk.values.LearningException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TruncatedGradientTest {
  private static final List<Example> EXAMPLES =
      List.of(
          new Example(new int[] {0}, new int[] {1, 2, 0, 1}),
          new Example(new int[] {2, 2}, new int[] {2, 1, 0}));

  /** After token 0 one token is certain, after 1 two are equally likely, after 2 all seven. */
  private static double[] distribution(int[] prefix) {
    int possible =
        switch (prefix[prefix.length - 1]) {
          case 0 -> 1;
          case 1 -> 2;
          default -> 7;
        };
    double[] distribution = new double[7];
    Arrays.fill(distribution, Double.NEGATIVE_INFINITY);
    Arrays.fill(distribution, 0, possible, -Math.log(possible));
    return distribution;
  }

  private static double[] weights(TokenBatch batch) {
    double[] weights = new double[batch.rows()];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = batch.weight(row);
    }
    return weights;
  }

  @ParameterizedTest
  @EnumSource
  void weighted_uniformStudent_cutsEachResponseWhereTheBudgetEnds(Architecture architecture) {
    try (Transformer student = Transformer.createDouble(TinyModels.config(architecture), 1)) {
      // With all parameters 0 every token has probability 1/7, so the stepwise KLs are
      // log 7, log 3.5, 0, log 7 in the first response and 0, 0, log 3.5 in the second.
      student.setValues(new float[student.layout().size()]);
      var objective =
          new TruncatedGradient(
              NextTokenDistribution.of(TruncatedGradientTest::distribution), Math.log(14));
      TokenBatch batch = objective.weighted(student, TokenBatch.of(EXAMPLES));
      double part = Math.log(2) / Math.log(3.5);
      assertThat(weights(batch))
          .containsExactly(new double[] {1, part, 0, 0, 1, 1, 1}, within(1e-7));
    }
  }

  @Test
  void weighted_ofATransformerTeacher_dependsOnItsDistance() {
    try (Transformer teacher = Transformer.create(TinyModels.config(Architecture.LLAMA), 4);
        Transformer student = Transformer.create(TinyModels.config(Architecture.LLAMA), 5)) {
      TokenBatch batch = TokenBatch.of(EXAMPLES);
      var strict = new TruncatedGradient(NextTokenDistribution.of(teacher), 1e-5);
      assertThat(weights(strict.weighted(teacher, batch))).containsOnly(1);
      assertThat(weights(strict.weighted(student, batch))).contains(0);
      assertThat(
              weights(
                  new TruncatedGradient(NextTokenDistribution.of(teacher), 50)
                      .weighted(student, batch)))
          .containsOnly(1);
    }
  }

  @Test
  void run_withTruncation_takesTheWeightedStep() {
    float[] weights = {1, (float) (Math.log(2) / Math.log(3.5)), 0, 0, 1, 1, 1};
    try (Transformer student = Transformer.create(TinyModels.config(Architecture.LLAMA), 5);
        Transformer byHand = Transformer.create(TinyModels.config(Architecture.LLAMA), 5);
        NDManager scratch = byHand.newManager();
        Sgd sgd = new Sgd(LearningRate.fixed(0.1))) {
      byHand.zeroGradient();
      byHand.backward(TokenBatch.of(EXAMPLES).withWeights(weights), 0.05);
      double[] gradient = Vectors.doubles(byHand.gradient(scratch));
      double[] wanted = Vectors.doubles(byHand.parameters());
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] -= gradient[i];
      }
      TrainingData data = TrainingData.fresh(_ -> EXAMPLES, "two examples");
      var settings = TrainingSettings.standard().microBatches(1);
      // The student is not quite uniform, so this distribution sets the distances computed above.
      Objective given =
          new TruncatedGradient(batch -> teacherAtDistances(student, batch), Math.log(14));
      new Trainer(student, sgd, data, settings, given).run(1);
      assertThat(Vectors.doubles(student.parameters())).containsExactly(wanted, within(1e-6));
      assertThat(Arrays.stream(gradient).map(Math::abs).max().orElseThrow()).isGreaterThan(1e-3);
    }
  }

  /** The teacher's token is one whose probability under the student is close to 1/7. */
  private static double[][] teacherAtDistances(Transformer student, TokenBatch batch) {
    double[][] own = NextTokenDistribution.of(student).logProbs(batch);
    for (int row = 0; row < own.length; row++) {
      int[] prefix = batch.prefix(row);
      double[] distribution = distribution(prefix);
      double distance = Math.log(7) + distribution[0];
      own[row] = atDistance(own[row], distance);
    }
    return own;
  }

  /** A distribution at a given KL from another, by mixing it with a point mass. */
  private static double[] atDistance(double[] q, double kl) {
    double low = 0;
    double high = 1;
    double[] p = q.clone();
    int rarest = 0;
    for (int token = 1; token < q.length; token++) {
      rarest = q[token] < q[rarest] ? token : rarest;
    }
    for (int i = 0; i < 60; i++) {
      double mix = (low + high) / 2;
      double sum = 0;
      for (int token = 0; token < q.length; token++) {
        double mass = (1 - mix) * Math.exp(q[token]) + (token == rarest ? mix : 0);
        p[token] = Math.log(mass);
        sum += mass * (p[token] - q[token]);
      }
      if (sum < kl) {
        low = mix;
      } else {
        high = mix;
      }
    }
    return p;
  }

  @Test
  void weighted_otherVocabularyOrNoBudget_isRefused() {
    try (Transformer student = Transformer.create(TinyModels.config(Architecture.GPT2), 5)) {
      var objective = new TruncatedGradient(NextTokenDistribution.of(_ -> new double[3]), 1);
      assertThatThrownBy(() -> objective.weighted(student, TokenBatch.of(EXAMPLES)))
          .isInstanceOf(LearningException.class)
          .hasMessageContaining("teacher has 3 tokens, the student 7");
      assertThatThrownBy(() -> new TruncatedGradient(NextTokenDistribution.of(student), 0))
          .isInstanceOf(LearningException.class)
          .hasMessageContaining("above 0");
    }
  }
}
