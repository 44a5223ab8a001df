package io.tailwalk.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.train.TinyModels;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.data.TrainingData;
import io.tailwalk.train.model.Architecture;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.optim.Adam;
import io.tailwalk.train.optim.LearningRate;
import io.tailwalk.train.optim.NormalisedSgd;
import io.tailwalk.train.optim.Sgd;
import io.tailwalk.train.optim.VectorOptimizer;
import io.tailwalk.values.LearningException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  @TempDir private Path folder;

  /** The optimisers under test. */
  enum Kind {
    SGD,
    NORMALISED_SGD,
    ADAM,
    ADAM_W;

    VectorOptimizer make(Transformer model) {
      LearningRate rate = LearningRate.cosine(0.01, 3, 40, 0.001);
      return switch (this) {
        case SGD -> new Sgd(rate);
        case NORMALISED_SGD -> new NormalisedSgd(rate, 0.1);
        case ADAM -> new Adam(rate, Adam.Constants.adam(0.01), model.layout().decayed());
        case ADAM_W -> new Adam(rate, Adam.Constants.adamW(0.01), model.layout().decayed());
      };
    }
  }

  private static TrainingData data() {
    return TrainingData.shuffled(TinyModels.examples(50, 2), 8, 7);
  }

  private static Trainer trainer(Transformer model, VectorOptimizer optimizer) {
    return new Trainer(
        model, optimizer, data(), TrainingSettings.standard().clippedAt(2).microBatches(3));
  }

  @ParameterizedTest
  @EnumSource
  void run_stoppedAndResumedTwice_endsInTheSameBits(Kind kind) {
    float[] straight;
    try (Transformer model = Transformer.create(TinyModels.config(Architecture.LLAMA), 5);
        VectorOptimizer optimizer = kind.make(model)) {
      trainer(model, optimizer).run(24);
      straight = model.values();
    }
    Path file = folder.resolve("checkpoint.safetensors");
    for (long stop : new long[] {0, 7, 24}) {
      try (Transformer model = Transformer.create(TinyModels.config(Architecture.LLAMA), 5 + stop);
          VectorOptimizer optimizer = kind.make(model)) {
        Trainer trainer = trainer(model, optimizer);
        if (stop == 0) {
          trainer.run(5);
        } else {
          Checkpoint.read(file).restore(trainer);
          trainer.run(stop);
        }
        Checkpoint.write(trainer, file);
        if (stop == 24) {
          assertThat(model.values()).containsExactly(straight);
        }
      }
    }
    try (Transformer loaded = Checkpoint.read(file).model()) {
      assertThat(loaded.values()).containsExactly(straight);
    }
  }

  @ParameterizedTest
  @EnumSource
  void run_onTokensThatFollowARule_learnsIt(Architecture architecture) {
    // The next token is the last one plus two, modulo seven.
    List<Example> examples =
        List.of(0, 1, 2, 3, 4, 5, 6).stream()
            .map(a -> new Example(new int[] {a}, new int[] {(a + 2) % 7, (a + 4) % 7, (a + 6) % 7}))
            .toList();
    try (Transformer model = Transformer.create(TinyModels.config(architecture), 1);
        Adam optimizer =
            new Adam(LearningRate.fixed(0.02), Adam.Constants.adamW(0), model.layout().decayed())) {
      var trainer =
          new Trainer(
              model,
              optimizer,
              TrainingData.shuffled(examples, 7, 1),
              TrainingSettings.standard().perToken());
      double[] first = {Double.NaN};
      trainer.listen((_, report) -> {
        if (report.step() == 1) {
          first[0] = report.loss();
        }
      });
      trainer.run(150);
      assertThat(first[0]).isCloseTo(Math.log(7), within(0.1));
      assertThat(Arrays.stream(model.sequenceLogProbs(examples, 3)).min().orElseThrow())
          .isGreaterThan(-0.1);
    }
  }

  @Test
  void restore_ofAnotherRecipe_isRefused() {
    Path file = folder.resolve("checkpoint.safetensors");
    try (Transformer model = Transformer.create(TinyModels.config(Architecture.GPT2), 5);
        VectorOptimizer sgd = Kind.SGD.make(model);
        VectorOptimizer normalised = Kind.NORMALISED_SGD.make(model);
        Transformer other = Transformer.create(TinyModels.config(Architecture.LLAMA), 5)) {
      Checkpoint.write(trainer(model, sgd), file);
      Checkpoint checkpoint = Checkpoint.read(file);
      assertThatThrownBy(() -> checkpoint.restore(trainer(model, normalised)))
          .isInstanceOf(LearningException.class)
          .hasMessageContaining("its optimizer changed: lambda was unset and is now 0.1")
          .hasMessageContaining("name was sgd and is now normalised-sgd");
      assertThatThrownBy(() -> checkpoint.restore(trainer(other, sgd)))
          .isInstanceOf(LearningException.class)
          .hasMessageContaining("its model changed: architecture was GPT2 and is now LLAMA");
      var elsewhere =
          new Trainer(
              model,
              sgd,
              TrainingData.shuffled(TinyModels.examples(50, 3), 8, 7),
              TrainingSettings.standard().clippedAt(2).microBatches(3));
      assertThatThrownBy(() -> checkpoint.restore(elsewhere))
          .isInstanceOf(LearningException.class)
          .hasMessageContaining("data was 50 examples");
    }
  }

  @Test
  void run_withInfiniteLoss_stopsBeforeTheUpdate() {
    try (Transformer model = Transformer.create(TinyModels.config(Architecture.GPT2), 5);
        VectorOptimizer sgd = new Sgd(LearningRate.fixed(1))) {
      float[] values = model.values();
      values[3] = Float.NaN;
      model.setValues(values);
      assertThatThrownBy(() -> trainer(model, sgd).run(1))
          .isInstanceOf(LearningException.class)
          .hasMessageContaining("diverged at step 1");
      assertThat(model.values()).containsExactly(values);
    }
  }
}
