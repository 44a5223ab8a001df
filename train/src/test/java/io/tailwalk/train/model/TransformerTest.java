package io.tailwalk.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.tailwalk.core.random.Streams;
import io.tailwalk.train.TinyModels;
import io.tailwalk.train.data.Example;
import io.tailwalk.values.LearningException;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransformerTest {
  @Test
  void config_hugeEmbedding_isRefusedByItsName() {
    assertThatThrownBy(() -> TransformerConfig.gpt2(256, 8, 1, 1, 2_000_000_000))
        .hasMessageStartingWith("embedding 2000000000 is too large");
    assertThatThrownBy(() -> TransformerConfig.llama(256, 8, 1, 2, 2_000_000_000))
        .hasMessageStartingWith("embedding 2000000000 is too large");
  }

  @ParameterizedTest
  @EnumSource
  void gradient_everyParameter_isTheFiniteDifference(Architecture architecture) {
    try (Transformer model = spread(Transformer.createDouble(TinyModels.config(architecture), 3))) {
      TokenBatch batch = TokenBatch.of(TinyModels.examples(4, 1));
      float[] weights = new float[batch.rows()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = 0.25f * (i % 4);
      }
      batch = batch.withWeights(weights);
      model.backward(batch, 0.5);
      model.backward(batch, 0.5);
      try (NDManager manager = model.newManager()) {
        double[] gradient = model.gradient(manager).toDoubleArray();
        // Every parameter tensor is probed in several places.
        for (ParameterSpec p : model.layout().parameters()) {
          for (int k = 0; k < 3; k++) {
            int at = p.offset() + (k * 31 + 5) % p.size();
            assertThat(gradient[at])
                .as("%s[%d]", p.name(), at - p.offset())
                .isCloseTo(difference(model, batch, at), within(1e-7));
          }
        }
        assertThat(Arrays.stream(gradient).map(Math::abs).max().orElseThrow()).isGreaterThan(0.01);
      }
    }
  }

  private static double difference(Transformer model, TokenBatch batch, int at) {
    double h = 1e-5;
    return (loss(model, batch, at, h) - loss(model, batch, at, -h)) / (2 * h);
  }

  private static double loss(Transformer model, TokenBatch batch, int at, double shift) {
    double[] shifts = new double[model.layout().size()];
    shifts[at] = shift;
    try (NDManager manager = model.newManager()) {
      NDArray direction = manager.create(shifts);
      model.parameters().addi(direction);
      double loss = loss(model, batch);
      model.parameters().subi(direction);
      return loss;
    }
  }

  private static double loss(Transformer model, TokenBatch batch) {
    double[] logProbs = model.logProbs(batch);
    double loss = 0;
    for (int i = 0; i < logProbs.length; i++) {
      loss -= batch.weights()[i] * logProbs[i];
    }
    return loss;
  }

  /** Larger weights than the initial ones, so that every path through the model matters. */
  private static Transformer spread(Transformer model) {
    RandomGenerator random = Streams.of(9);
    float[] values = model.values();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.3 * random.nextGaussian());
    }
    model.setValues(values);
    return model;
  }

  @ParameterizedTest
  @EnumSource
  void logProbs_ofAllTokens_sumToOne(Architecture architecture) {
    try (Transformer model = spread(Transformer.create(TinyModels.config(architecture), 4))) {
      double[] single = new double[7];
      double sum = 0;
      for (int token = 0; token < 7; token++) {
        var example = new Example(new int[] {1, 2}, new int[] {3, token});
        double first =
            model.sequenceLogProbs(List.of(new Example(new int[] {1, 2}, new int[] {3})), 1)[0];
        single[token] = model.sequenceLogProbs(List.of(example), 1)[0] - first;
        sum += Math.exp(single[token]);
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
      double[] logits = model.logits(TokenBatch.ofPrefixes(List.of(new int[] {1, 2, 3})));
      double total = 0;
      for (double logit : logits) {
        total += Math.exp(logit);
      }
      for (int token = 0; token < 7; token++) {
        assertThat(logits[token] - Math.log(total)).isCloseTo(single[token], within(2e-6));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sequenceLogProbs_besideLongerSequences_areTheSame(Architecture architecture) {
    List<Example> examples = TinyModels.examples(9, 5);
    try (Transformer model = spread(Transformer.create(TinyModels.config(architecture), 6))) {
      double[] together = model.sequenceLogProbs(examples, 9);
      double[] alone = model.sequenceLogProbs(examples, 1);
      assertThat(together).containsExactly(alone, within(3e-6));
    }
  }

  @ParameterizedTest
  @EnumSource
  void batch_beyondContextOrVocabulary_isRefused(Architecture architecture) {
    try (Transformer model = Transformer.create(TinyModels.config(architecture), 1)) {
      assertThatThrownBy(() -> score(model, new int[9], new int[5]))
          .isInstanceOf(LearningException.class)
          .hasMessageContaining("13 input tokens")
          .hasMessageContaining("context of 12");
      assertThatThrownBy(() -> score(model, new int[] {1}, new int[] {7}))
          .isInstanceOf(LearningException.class)
          .hasMessageContaining("token id 7 lies outside the model's vocabulary, 0..6");
      assertThatThrownBy(() -> score(model, new int[] {-1}, new int[] {0}))
          .isInstanceOf(LearningException.class)
          .hasMessageContaining("token id -1");
    }
  }

  private static void score(Transformer model, int[] prompt, int[] response) {
    model.sequenceLogProbs(List.of(new Example(prompt, response)), 1);
  }
}
