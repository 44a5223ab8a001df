package io.tailwalk.train.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.Classics;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.HiddenStates;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.values.FitSettings;
import io.tailwalk.values.HiddenFeatures;
import io.tailwalk.values.LearnedValue;
import io.tailwalk.values.LearningException;
import io.tailwalk.values.OneHot;
import io.tailwalk.values.Rollout;
import io.tailwalk.values.Rollouts;
import io.tailwalk.values.ValueFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values learned from hidden states, on a model whose states are counts of letters. */
class HiddenFeaturesTest {
  private static final int H = 5;
  private static final Problem ABC = Classics.abc(H, 0);
  private static final LanguageModel MODEL = new Counting(ABC.model());

  private static List<Rollout> rollouts(int count) {
    return new Rollouts(MODEL, ABC.verifier(), H, List.of())
        .draw(ABC.prompt(), count, 1, _ -> true);
  }

  private static Candidate prefix(int... tokens) {
    return Candidate.partial(ABC.prompt(), MODEL.vocabulary(), tokens);
  }

  @Test
  void run_onCountsFarFromZero_comesNearTheExactValue(@TempDir Path folder) {
    TorchEngine.useThreads(1);
    HiddenFeatures features = HiddenFeatures.of(MODEL, H);
    ValueTraining.Result result =
        new ValueTraining(features, ValueFunction.ONE, 0.2, FitSettings.DEFAULT, true)
            .run(rollouts(3000), _ -> true);
    LearnedValue value = result.value();
    for (int[] tokens : new int[][] {{0}, {1}, {0, 1}, {1, 1, 0}, {0, 0, 0, 0}}) {
      assertThat(value.logValue(prefix(tokens)))
          .isCloseTo(ABC.value().logValue(prefix(tokens)), within(0.35));
    }
    assertThat(value.logValue(prefix(0, 2))).isLessThan(Math.log(0.05));
    assertThat(result.bestEpoch()).isGreaterThanOrEqualTo(0);

    Path file = folder.resolve("v");
    ValueFile.of(
            value,
            new ValueFile.Origin("m", MODEL.identity().fingerprint(), 3, "x", H, 1, "00", 10, 0))
        .write(file);
    ValueFile read = ValueFile.read(file);
    assertThat(read.readsTokens()).isFalse();
    try (ModelContext context = MODEL.open(MODEL.encode(ABC.prompt()), new ContextOptions(H, 1))) {
      var serving = HiddenFeatures.behindPrompt(context.hiddenStates().orElseThrow(), H);
      double[] batch = new double[2];
      read.value(file, serving).logValues(List.of(prefix(1, 1), prefix(2)), batch);
      assertThat(batch).containsExactly(value.logValue(prefix(1, 1)), value.logValue(prefix(2)));
    }
    assertThatThrownBy(() -> read.value(file, new OneHot(3, H)))
        .isInstanceOf(LearningException.class);
  }

  /**
   * A learning rate that ruins every epoch leaves the depth prior, which is the mean tilt there.
   */
  @Test
  void run_nothingBetterThanTheDepth_keepsTheMeanAtEachDepth() {
    TorchEngine.useThreads(1);
    List<Rollout> rollouts = rollouts(400);
    var ruinous = new FitSettings(List.of(8), 2, 16, 1000, 0, 8, 0);
    ValueTraining.Result result =
        new ValueTraining(HiddenFeatures.of(MODEL, H), ValueFunction.ONE, 0.2, ruinous, true)
            .run(rollouts, _ -> true);
    assertThat(result.bestEpoch()).isEqualTo(-1);
    double passing = result.trained().stream().mapToDouble(Rollout::tau).average().orElseThrow();
    for (int[] tokens : new int[][] {{0}, {2, 2, 2}}) {
      assertThat(Math.exp(result.value().logValue(prefix(tokens))))
          .isCloseTo(passing, within(1e-6));
    }
  }

  @Test
  void of_anyOrder_givesEachPrefixItsOwnState() {
    List<float[]> rows =
        HiddenFeatures.of(MODEL, H).of(List.of(prefix(2, 0, 2), prefix(0), prefix(2, 0)));
    assertThat(rows.get(0)).containsExactly(1001, 1000, 1002, 0.6f);
    assertThat(rows.get(1)).containsExactly(1001, 1000, 1000, 0.2f);
    assertThat(rows.get(2)).containsExactly(1001, 1000, 1001, 0.4f);
    assertThatThrownBy(() -> HiddenFeatures.of(ABC.model(), H))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("has no hidden states");
  }

  /** A model's states: a thousand, and how often each letter occurs. */
  private record Counting(LanguageModel base) implements LanguageModel {
    @Override
    public ModelIdentity identity() {
      return base.identity();
    }

    @Override
    public Vocabulary vocabulary() {
      return base.vocabulary();
    }

    @Override
    public int[] encode(Prompt prompt) {
      return base.encode(prompt);
    }

    @Override
    public OptionalInt hiddenWidth() {
      return OptionalInt.of(3);
    }

    @Override
    public ModelContext open(int[] promptTokenIds, ContextOptions options) {
      return new CountingContext(base.open(promptTokenIds, options));
    }

    @Override
    public void close() {
      base.close();
    }
  }

  private record CountingContext(ModelContext base) implements ModelContext, HiddenStates {
    @Override
    public LogProbs[] next(int[][] prefixes) {
      return base.next(prefixes);
    }

    @Override
    public int[] promptTokenIds() {
      return base.promptTokenIds();
    }

    @Override
    public int maxCompletionTokens() {
      return base.maxCompletionTokens();
    }

    @Override
    public ModelUsage usage() {
      return base.usage();
    }

    @Override
    public Optional<HiddenStates> hiddenStates() {
      return Optional.of(this);
    }

    @Override
    public int width() {
      return 3;
    }

    @Override
    public float[][] of(int[][] prefixes) {
      float[][] states = new float[prefixes.length][3];
      for (int i = 0; i < prefixes.length; i++) {
        Arrays.fill(states[i], 1000);
        for (int token : prefixes[i]) {
          states[i][token]++;
        }
      }
      return states;
    }

    @Override
    public void close() {
      base.close();
    }
  }
}
