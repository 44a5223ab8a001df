package io.tailwalk.train.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.Classics;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.values.FitSettings;
import io.tailwalk.values.LearnedValue;
import io.tailwalk.values.LearningException;
import io.tailwalk.values.OneHot;
import io.tailwalk.values.RememberedStates;
import io.tailwalk.values.Rollout;
import io.tailwalk.values.Rollouts;
import io.tailwalk.values.SafeTensors;
import io.tailwalk.values.StateFeatures;
import io.tailwalk.values.StateView;
import io.tailwalk.values.ValueFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values that read the model's state, on a model whose next letter depends on whether a c was
 * written: one c in ten letters before that, and five in ten afterwards.
 */
class StateFeaturesTest {
  private static final int H = 5;
  private static final Problem ABC = Classics.abc(H, 0);
  private static final LanguageModel MODEL = new Telling(ABC.model());

  private static List<Rollout> rollouts(int count) {
    return new Rollouts(MODEL, ABC.verifier(), H, List.of())
        .draw(ABC.prompt(), count, 1, _ -> true);
  }

  private static Candidate prefix(int... tokens) {
    return Candidate.partial(ABC.prompt(), MODEL.vocabulary(), tokens);
  }

  private static LearnedValue learned(StateView view) {
    TorchEngine.useThreads(1);
    StateFeatures features = StateFeatures.of(MODEL, view, H);
    return new ValueTraining(features, ValueFunction.ONE, 0.2, FitSettings.DEFAULT, true)
        .run(rollouts(3000), _ -> true)
        .value();
  }

  /** Without a c the rest passes with probability 0.9 for each letter; with one, never. */
  @Test
  void run_stateThatTellsWhatWasWritten_comesNearTheExactValue(@TempDir Path folder) {
    StateView view = StateView.of(MODEL, rollouts(100), H);
    LearnedValue value = learned(view);
    for (int[] tokens : new int[][] {{0}, {1}, {0, 1}, {1, 1, 0}, {0, 0, 0, 0}}) {
      assertThat(value.logValue(prefix(tokens)))
          .isCloseTo((H - tokens.length) * Math.log(0.9), within(0.15));
    }
    assertThat(value.logValue(prefix(2))).isLessThan(Math.log(0.05));
    assertThat(value.logValue(prefix(0, 2, 0))).isLessThan(Math.log(0.05));

    Path file = folder.resolve("v");
    ValueFile.of(value, origin()).write(file);
    ValueFile read = ValueFile.read(file);
    read.requireFit(file, MODEL, ABC.verifier(), H);
    assertThat(read.readsTokens()).isFalse();
    assertThat(read.readsStates()).isTrue();
    assertThat(read.view(file).anchors()).isEqualTo(view.anchors());
    LearnedValue again = read.value(file, StateFeatures.of(MODEL, read.view(file), H));
    assertThat(again.logValue(prefix(1, 1))).isEqualTo(value.logValue(prefix(1, 1)));
    assertThatThrownBy(() -> read.value(file, new OneHot(3, H)))
        .isInstanceOf(LearningException.class);
  }

  private static ValueFile.Origin origin() {
    return new ValueFile.Origin(
        "m", MODEL.identity().fingerprint(), 3, ABC.verifier().name(), H, 1, "00", 10, 0);
  }

  /** The children of a prefix cost nothing once the prefix is evaluated, however many they are. */
  @Test
  void children_ofAnEvaluatedPrefix_useNoModelToken() {
    StateView view = StateView.of(MODEL, rollouts(100), H);
    LearnedValue alone = learned(view);
    try (ModelContext context = MODEL.open(MODEL.encode(ABC.prompt()), new ContextOptions(H, 1))) {
      var remembered = new RememberedStates(context, view);
      var value =
          new LearnedValue(
              StateFeatures.behindPrompt(remembered, view, H),
              alone.mlp(),
              alone.logScale(),
              alone.logFloor(),
              alone.prior());
      var _ = remembered.next(new int[][] {{0, 1}, {0}});
      long used = remembered.usage().modelTokens();
      double[] batch = new double[4];
      value.logValues(
          List.of(prefix(0, 1, 0), prefix(0, 2), prefix(0, 1, 2), prefix(0, 1, 1)), batch);
      ChildScores children = value.childLogValues(prefix(0, 1));
      for (int token = 0; token < 3; token++) {
        assertThat(children.logScore(token))
            .isCloseTo(alone.logValue(prefix(0, 1, token)), within(1e-9));
      }
      assertThat(batch[0]).isEqualTo(alone.logValue(prefix(0, 1, 0)));
      assertThat(batch[1]).isEqualTo(alone.logValue(prefix(0, 2)));
      assertThat(batch[2]).isEqualTo(alone.logValue(prefix(0, 1, 2)));
      assertThat(remembered.usage().modelTokens()).isEqualTo(used);
      assertThat(value.logValue(prefix(1, 0))).isEqualTo(alone.logValue(prefix(1, 0)));
      assertThat(remembered.usage().modelTokens()).isGreaterThan(used);
    }
  }

  @Test
  void of_anyOrder_givesEachPrefixItsOwnRow() {
    StateView view = StateView.of(MODEL, rollouts(100), H);
    StateFeatures features = StateFeatures.of(MODEL, view, H);
    List<Candidate> prefixes = List.of(prefix(2, 0, 2), prefix(0), prefix(2, 0), prefix(0, 1));
    List<float[]> rows = features.of(prefixes);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i)).containsExactly(features.of(List.of(prefixes.get(i))).getFirst());
      assertThat(rows.get(i)).hasSize(features.width());
      assertThat(rows.get(i)[features.width() - 1])
          .isEqualTo(prefixes.get(i).tokenIds().length / 5f);
    }
    assertThat(rows.get(0)).isNotEqualTo(rows.get(2));
    assertThatThrownBy(() -> features.of(List.of(prefix())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Values of version 1 that need a state for each child are refused, the others are read. */
  @Test
  void file_ofVersion1_isReadUnlessItNeedsAStateForEachChild(@TempDir Path folder) {
    StateView view = StateView.of(MODEL, rollouts(100), H);
    Path file = folder.resolve("v");
    ValueFile.of(learned(view), origin()).write(file);
    old(file).write(file);
    assertThatThrownBy(() -> ValueFile.read(file))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("made by an earlier version")
        .hasMessageContaining("make another");
    TorchEngine.useThreads(1);
    LearnedValue tokens =
        new ValueTraining(new OneHot(3, H), ValueFunction.ONE, 0.2, FitSettings.DEFAULT)
            .run(rollouts(200), _ -> true)
            .value();
    ValueFile.of(tokens, origin()).write(file);
    old(file).write(file);
    ValueFile read = ValueFile.read(file);
    assertThat(read.value(file, read.tokens(file)).logValue(prefix(0)))
        .isEqualTo(tokens.logValue(prefix(0)));
  }

  private static SafeTensors old(Path file) {
    SafeTensors content = SafeTensors.read(file, "value file");
    Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
    metadata.put(ValueFile.FORMAT, "tailwalk-value-1");
    return new SafeTensors(metadata, content.tensors());
  }

  /** A model whose next letter tells whether a c was written. */
  private record Telling(LanguageModel base) implements LanguageModel {
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
    public ModelContext open(int[] promptTokenIds, ContextOptions options) {
      return new TellingContext(base.open(promptTokenIds, options));
    }

    @Override
    public void close() {
      base.close();
    }
  }

  private record TellingContext(ModelContext base) implements ModelContext {
    @Override
    public LogProbs[] next(int[][] prefixes) {
      LogProbs[] next = base.next(prefixes);
      for (int i = 0; i < next.length; i++) {
        boolean written = false;
        for (int token : prefixes[i]) {
          written |= token == 2;
        }
        double c = written ? 0.5 : 0.1;
        next[i] =
            LogProbs.of(new double[] {Math.log((1 - c) / 2), Math.log((1 - c) / 2), Math.log(c)});
      }
      return next;
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
    public void close() {
      base.close();
    }
  }
}
