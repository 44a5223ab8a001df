package io.tailwalk.train.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.Classics;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.values.Assessment;
import io.tailwalk.values.FitSettings;
import io.tailwalk.values.GatedValue;
import io.tailwalk.values.LearnedValue;
import io.tailwalk.values.LearningException;
import io.tailwalk.values.LetterCounts;
import io.tailwalk.values.Mlp;
import io.tailwalk.values.OneHot;
import io.tailwalk.values.PrefixFeatures;
import io.tailwalk.values.Rollout;
import io.tailwalk.values.Rollouts;
import io.tailwalk.values.TokenFeatures;
import io.tailwalk.values.ValueFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values learned on problems whose values are known. */
class LearnedValueTest {
  private static final int H = 5;
  private static final Problem ABC = Classics.abc(H, 0);
  private static final OneHot FEATURES = new OneHot(3, H);

  private static List<Rollout> rollouts(Problem problem, int count) {
    return new Rollouts(problem.model(), problem.verifier(), problem.maxTokens(), List.of())
        .draw(problem.prompt(), count, 1, _ -> true);
  }

  private static ValueTraining.Result learned(int count) {
    TorchEngine.useThreads(1);
    return new ValueTraining(FEATURES, ValueFunction.ONE, 0.2, FitSettings.DEFAULT)
        .run(rollouts(ABC, count), _ -> true);
  }

  private static Candidate prefix(int... tokens) {
    return Candidate.partial(ABC.prompt(), ABC.model().vocabulary(), tokens);
  }

  @Test
  void run_onAbc_comesNearTheExactValue() {
    LearnedValue value = learned(4000).value();
    for (int[] tokens : new int[][] {{0}, {1}, {0, 1}, {1, 1, 0}, {0, 0, 0, 0}}) {
      assertThat(value.logValue(prefix(tokens)))
          .isCloseTo(ABC.value().logValue(prefix(tokens)), within(0.35));
    }
    assertThat(value.logValue(prefix(0, 2))).isLessThan(Math.log(0.03));
    assertThat(value.logValue(prefix(2, 2, 2))).isGreaterThan(Double.NEGATIVE_INFINITY);
  }

  @Test
  void run_sameSeed_givesTheSameBits() {
    assertThat(learned(300).value().mlp().parameters())
        .containsExactly(learned(300).value().mlp().parameters());
  }

  @Test
  void run_rewardsAboveOne_areScaledBack() {
    Problem delay = Classics.delay(H);
    List<Rollout> tripled =
        rollouts(delay, 3000).stream()
            .map(rollout -> new Rollout(rollout.complete(), 3 * rollout.tau()))
            .toList();
    LearnedValue value =
        new ValueTraining(new OneHot(2, H), ValueFunction.ONE, 0.2, FitSettings.DEFAULT)
            .run(tripled, _ -> true)
            .value();
    var allOnes =
        Candidate.partial(delay.prompt(), delay.model().vocabulary(), new int[] {1, 1, 1});
    assertThat(Math.exp(value.logValue(allOnes))).isCloseTo(3 * 0.8, within(0.25));
  }

  @Test
  void run_noRolloutPasses_isRefusedInASentence() {
    List<Rollout> none =
        rollouts(ABC, 50).stream().map(rollout -> new Rollout(rollout.complete(), 0)).toList();
    var training = new ValueTraining(FEATURES, ValueFunction.ONE, 0.2, FitSettings.DEFAULT);
    assertThatThrownBy(() -> training.run(none, _ -> true))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("none of the 50 rollouts passes");
  }

  @Test
  void childLogValues_andBatches_agreeWithAskingOneByOne() {
    LearnedValue value = untrained();
    Candidate here = prefix(0, 1);
    ChildScores children = value.childLogValues(here);
    double[] batch = new double[3];
    value.logValues(List.of(here.extend(0), here.extend(1), here.extend(2)), batch);
    for (int token = 0; token < 3; token++) {
      double alone = value.logValue(here.extend(token));
      assertThat(children.logScore(token)).isCloseTo(alone, within(1e-12));
      assertThat(batch[token]).isEqualTo(alone);
    }
  }

  private static LearnedValue untrained() {
    List<Integer> widths = List.of(FEATURES.width(), 8, 4, 1);
    return new LearnedValue(FEATURES, new Mlp(widths, Mlp.initial(widths, 7)), 0, Math.log(1e-6));
  }

  @Test
  void output_ofAPerceptronByHand_isTheSumWorkedOut() {
    // 2 inputs, 2 hidden, 1 output: W1 = [[1, 2], [-1, 1]], w2 = [3, 4], b1 = [0.5, 0], b2 = -1
    var mlp = new Mlp(List.of(2, 2, 1), new float[] {1, 2, -1, 1, 3, 4, 0.5f, 0, -1});
    assertThat(mlp.output(new float[] {1, 1})).isEqualTo(3 * 3.5 + 4 * 0 - 1);
    assertThat(mlp.output(new float[] {-2, 1})).isEqualTo(3 * 0.5 + 4 * 3 - 1);
  }

  @Test
  void floor_keepsTheValueAboveZero() {
    var mlp = new Mlp(List.of(15, 1, 1), bias(-1000));
    var value = new LearnedValue(FEATURES, mlp, Math.log(2), Math.log(1e-6));
    assertThat(value.logValue(prefix(0))).isEqualTo(Math.log(2) + Math.log(1e-6));
  }

  private static float[] bias(float last) {
    float[] values = new float[Mlp.size(List.of(15, 1, 1))];
    values[values.length - 1] = last;
    return values;
  }

  @Test
  void gatedValue_isZeroWhereTheGateIs_andNowhereElse() {
    ValueFunction gate =
        candidate ->
            candidate.tokenIds().length > 0 && candidate.tokenIds()[0] == 2
                ? Double.NEGATIVE_INFINITY
                : 1.5;
    LearnedValue value = untrained();
    var gated = new GatedValue(gate, value);
    double[] batch = new double[2];
    gated.logValues(List.of(prefix(2, 0), prefix(0, 2)), batch);
    assertThat(batch).containsExactly(Double.NEGATIVE_INFINITY, value.logValue(prefix(0, 2)));
    assertThat(gated.logValue(prefix(2))).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(gated.childLogValues(prefix()).logScore(2)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(gated.childLogValues(prefix()).logScore(1))
        .isCloseTo(value.logValue(prefix(1)), within(1e-12));
  }

  @Test
  void file_writtenAndRead_givesTheSameValues(@TempDir Path folder) {
    Path file = folder.resolve("v.safetensors");
    ValueFile.of(untrained(), origin()).write(file);
    ValueFile read = ValueFile.read(file);
    read.requireFit(file, ABC.model(), ABC.verifier(), H);
    LearnedValue value = read.value(file, read.tokens(file));
    assertThat(value.logValue(prefix(0, 1))).isEqualTo(untrained().logValue(prefix(0, 1)));
  }

  private static ValueFile.Origin origin() {
    return new ValueFile.Origin(
        "builtin:abc",
        ABC.model().identity().fingerprint(),
        3,
        ABC.verifier().name(),
        H,
        1,
        "00",
        10,
        0);
  }

  @Test
  void file_whereItDoesNotFit_isRefusedWithTheDifference(@TempDir Path folder) {
    Path file = folder.resolve("v.safetensors");
    ValueFile written = ValueFile.of(untrained(), origin());
    assertThatThrownBy(() -> written.requireFit(file, Classics.delay(H).model(), ABC.verifier(), H))
        .hasMessageContaining("was trained on builtin:abc")
        .hasMessageContaining("not on builtin:delay");
    assertThatThrownBy(() -> written.requireFit(file, ABC.model(), Verifiers.avoid("c"), H))
        .hasMessageContaining("verifier 'no c', not 'avoid:c'");
    assertThatThrownBy(() -> written.requireFit(file, ABC.model(), ABC.verifier(), H + 1))
        .hasMessageContaining("at most 5 tokens, not 6");
    written.requireFit(file, ABC.model(), ABC.verifier(), H - 1);
    assertThatThrownBy(() -> written.value(file, new OneHot(2, H)))
        .isInstanceOf(LearningException.class);
  }

  @Test
  void oneHot_tokensThatAreNoLetters_shareAnInput(@TempDir Path folder) {
    var some = new OneHot(List.of(2, 5), 7, 3);
    assertThat(some.width()).isEqualTo(9);
    List<float[]> rows = some.of(List.of(prefix(5, 0), prefix(5, 6), prefix(2)));
    assertThat(rows.get(0)).containsExactly(0, 1, 0, 0, 0, 1, 0, 0, 0);
    assertThat(rows.get(1)).containsExactly(rows.get(0));
    assertThat(rows.get(2)).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0);
    List<Integer> widths = List.of(9, 2, 1);
    var value = new LearnedValue(some, new Mlp(widths, Mlp.initial(widths, 1)), 0, Math.log(1e-6));
    Path file = folder.resolve("v.safetensors");
    ValueFile.of(value, new ValueFile.Origin("m", "f", 7, "any", 3, 1, "00", 10, 0)).write(file);
    TokenFeatures read = ValueFile.read(file).tokens(file);
    assertThat(read.letters()).containsExactly(2, 5);
    assertThat(read.vocabularySize()).isEqualTo(7);
    assertThat(((OneHot) read).horizon()).isEqualTo(3);
    assertThatThrownBy(() -> new OneHot(List.of(5, 2), 7, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void counts_prefixes_areCountedWhereverLettersStand(@TempDir Path folder) {
    var some = new LetterCounts(List.of(2, 5), 7);
    assertThat(some.width()).isEqualTo(3);
    List<float[]> rows = some.of(List.of(prefix(5, 0, 5, 2), prefix(2, 5, 5, 6), prefix()));
    assertThat(rows.get(0)).containsExactly(1, 2, 1);
    assertThat(rows.get(1)).containsExactly(rows.get(0));
    assertThat(rows.get(2)).containsExactly(0, 0, 0);
    List<Integer> widths = List.of(3, 4, 1);
    var value = new LearnedValue(some, new Mlp(widths, Mlp.initial(widths, 1)), 0, Math.log(1e-6));
    Path file = folder.resolve("v.safetensors");
    ValueFile.of(value, new ValueFile.Origin("m", "f", 7, "any", 3, 1, "00", 10, 0)).write(file);
    ValueFile read = ValueFile.read(file);
    LearnedValue again = read.value(file, read.tokens(file));
    assertThat(again.features().kind()).isEqualTo("counts");
    assertThat(again.logValue(prefix(5, 0, 2))).isEqualTo(value.logValue(prefix(5, 0, 2)));
    assertThat(value.childLogValues(prefix(5, 0)).logScore(2))
        .isCloseTo(value.logValue(prefix(5, 0, 2)), within(1e-12));
  }

  /** V* of "at least five 1s" is a matter of counts; order and position are irrelevant. */
  @Test
  void counts_ofFewRollouts_findWhatOneHotDoesNot() {
    List<Rollout> rollouts = new ArrayList<>();
    RandomGenerator random = Streams.of(3);
    for (int i = 0; i < 150; i++) {
      int[] tokens = random.ints(30, 0, 9).map(token -> token < 8 ? 0 : 1).toArray();
      rollouts.add(
          new Rollout(
              Candidate.complete(
                  ABC.prompt(), ABC.model().vocabulary(), tokens, FinishReason.LENGTH),
              Arrays.stream(tokens).sum() >= 5 ? 1 : 0));
    }
    var fit = new FitSettings(List.of(16), 30, 256, 3e-3, 0.01, 8, 1);
    double counts = loss(new LetterCounts(List.of(0, 1), 3), rollouts, fit);
    double positions = loss(new OneHot(List.of(0, 1), 3, 29), rollouts, fit);
    assertThat(counts).isLessThan(positions - 0.02);
  }

  private static double loss(PrefixFeatures features, List<Rollout> rollouts, FitSettings fit) {
    return new ValueTraining(features, ValueFunction.ONE, 0.3, fit, true)
        .run(rollouts, _ -> true)
        .leastLoss();
  }

  @Test
  void file_cutOrOfAnotherKind_isRefused(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("v.safetensors");
    ValueFile.of(untrained(), origin()).write(file);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 9));
    assertThatThrownBy(() -> ValueFile.read(file))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("value file")
        .hasMessageContaining("cut short");
    assertThatThrownBy(() -> ValueFile.read(folder.resolve("none")))
        .hasMessageContaining("is not there; check the path of the value file");
  }

  @Test
  void assessment_ofTheExactValue_findsNoBias_andOfATooLargeOneThatMuch() {
    List<Rollout> heldOut = rollouts(ABC, 3000);
    Assessment exact = Assessment.of(ABC.value(), 1, ValueFunction.ONE, heldOut, heldOut);
    for (Assessment.Bin bin : exact.calibration()) {
      assertThat(bin.observed())
          .isCloseTo(bin.predicted(), within(4.5 * bin.standardError() + 1e-9));
    }
    assertThat(exact.crossEntropy()).isLessThan(exact.baseline());
    ValueFunction large =
        candidate -> Math.log(0.1) + Math.log1p(9 * Math.exp(ABC.value().logValue(candidate)));
    Assessment.Depth deep =
        Assessment.of(large, 1, ValueFunction.ONE, heldOut, heldOut).depths().getLast();
    assertThat(deep.over() - deep.under())
        .isCloseTo(0.1 * (1 - deep.all().observed()), within(0.03));
  }
}
