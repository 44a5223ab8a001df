package io.tailwalk.train.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.Classics;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.values.Assessment;
import io.tailwalk.values.FitSettings;
import io.tailwalk.values.GatedValue;
import io.tailwalk.values.LearnedValue;
import io.tailwalk.values.LearningException;
import io.tailwalk.values.Mlp;
import io.tailwalk.values.OneHot;
import io.tailwalk.values.PrefixTable;
import io.tailwalk.values.Rollout;
import io.tailwalk.values.Rollouts;
import io.tailwalk.values.ValueFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of learning a value, one by one, worked out by hand. */
class ValuePartsTest {
  private static final Problem ABC = Classics.abc(3, 0);
  private static final OneHot FEATURES = new OneHot(3, 3);

  private static Rollout rollout(double tau, int... tokens) {
    return new Rollout(
        Candidate.complete(ABC.prompt(), ABC.model().vocabulary(), tokens, FinishReason.LENGTH),
        tau);
  }

  private static Candidate prefix(int... tokens) {
    return Candidate.partial(ABC.prompt(), ABC.model().vocabulary(), tokens);
  }

  /** 0 where the first token is 2. */
  private static double gate(Candidate prefix) {
    return prefix.tokenIds()[0] == 2 ? Double.NEGATIVE_INFINITY : 0;
  }

  @Test
  void oneHot_inputs_standPositionByPosition() {
    assertThat(new OneHot(3, 4).input(2, 1)).isEqualTo(7);
    assertThat(FEATURES.of(List.of(prefix(1, 2))).getFirst())
        .containsExactly(0, 1, 0, 0, 0, 1, 0, 0, 0);
  }

  @Test
  void prefixTable_rows_areProperPrefixesThatTheGateLetsThrough() {
    List<Rollout> rollouts = List.of(rollout(4, 0, 1, 1), rollout(1, 2, 0, 0), rollout(0, 0, 2, 2));
    var all = new PrefixTable(rollouts, 4, ValueFunction.ONE, FEATURES);
    assertThat(all.count()).isEqualTo(6);
    var gated = new PrefixTable(rollouts, 4, ValuePartsTest::gate, FEATURES);
    assertThat(gated.count()).isEqualTo(4);
    float[] row = new float[10];
    gated.fill(3, row, 1);
    assertThat(row).containsExactly(0, 1, 0, 0, 0, 0, 1, 0, 0, 0);
    assertThat(List.of(gated.label(0), gated.label(1), gated.label(2), gated.label(3)))
        .containsExactly(1f, 1f, 0f, 0f);
  }

  @Test
  void training_whereTheGateLetsNothingThrough_isRefused() {
    List<Rollout> rollouts = Collections.nCopies(10, rollout(1, 2, 0, 0));
    var training = new ValueTraining(FEATURES, ValuePartsTest::gate, 0.2, FitSettings.DEFAULT);
    assertThatThrownBy(() -> training.run(rollouts, _ -> true))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("no prefixes to fit a value to");
  }

  /** Training ends when nothing has improved for a while; the best epoch is the one kept. */
  @Test
  void training_keepsTheEpochOfTheLeastHeldOutLoss() {
    TorchEngine.useThreads(1);
    List<Rollout> rollouts =
        new Rollouts(ABC.model(), ABC.verifier(), 3, List.of())
            .draw(ABC.prompt(), 200, 5, _ -> true);
    FitSettings eager = new FitSettings(List.of(16), 200, 16, 0.02, 0, 3, 0);
    ValueTraining.Result result =
        new ValueTraining(FEATURES, ValueFunction.ONE, 0.2, eager).run(rollouts, _ -> true);
    List<Double> losses = result.heldOutLoss();
    assertThat(losses.get(result.bestEpoch())).isEqualTo(Collections.min(losses));
    assertThat(losses).hasSize(result.bestEpoch() + 1 + 3);
    assertThat(result.bestEpoch()).isPositive();
    assertThat(result.heldOut()).hasSize(40);
    List<Rollout> both = new ArrayList<>(result.heldOut());
    both.addAll(result.trained());
    assertThat(both).containsExactlyInAnyOrderElementsOf(rollouts);
    Assessment assessment =
        Assessment.of(result.value(), 1, ValueFunction.ONE, result.heldOut(), result.trained());
    assertThat(assessment.crossEntropy()).isCloseTo(Collections.min(losses), within(1e-4));
  }

  /** Two prefixes valued 1 and 0.5 of rewards 2 and 0; on a scale of 2, 0.5 and 0.25 of 1 and 0. */
  @Test
  void assessment_ofTwoRollouts_byHand() {
    ValueFunction value = prefix -> prefix.tokenIds()[0] == 0 ? 0 : Math.log(0.5);
    List<Rollout> heldOut = List.of(rollout(2, 0, 0), rollout(0, 1, 0));
    List<Rollout> trained = List.of(rollout(2, 0, 0), rollout(0, 1, 1), rollout(0, 1, 0));
    Assessment found = Assessment.of(value, 2, ValueFunction.ONE, heldOut, trained);
    assertThat(found.crossEntropy())
        .isCloseTo(-(Math.log(0.5) + Math.log(0.75)) / 2, within(1e-12));
    assertThat(found.baseline())
        .isCloseTo(-(Math.log(1 / 3.0) + Math.log(2 / 3.0)) / 2, within(1e-12));
    assertThat(found.brier()).isCloseTo((0.25 + 0.0625) / 2, within(1e-12));
    Assessment.Bin bin = found.calibration().getFirst();
    assertThat(bin.predicted()).isCloseTo(0.375, within(1e-12));
    assertThat(bin.observed()).isCloseTo(0.5, within(1e-12));
    assertThat(bin.standardError()).isCloseTo(Math.sqrt(0.5) / 2, within(1e-12));
    Assessment.Depth depth = found.depths().getFirst();
    assertThat(depth.tokens()).isEqualTo(1);
    assertThat(depth.over()).isZero();
    assertThat(depth.under()).isCloseTo(0.125, within(1e-12));
  }

  /**
   * The value is right on both rollouts of the first prompt and wrong on both of the second: the
   * error of the gain by prompt is larger than by rollout.
   */
  @Test
  void assessment_ofTwoPrompts_takesTheLargerStandardError() {
    ValueFunction value = prefix -> Math.log(prefix.tokenIds()[0] == 0 ? 0.9 : 0.1);
    List<Rollout> trained = List.of(rollout(1, 0, 0), rollout(0, 1, 1));
    List<Rollout> one = List.of(rollout(1, 0, 0), rollout(0, 1, 0));
    List<Rollout> other = List.of(other(rollout(0, 0, 0)), other(rollout(1, 1, 0)));
    List<Rollout> both = new ArrayList<>(one);
    both.addAll(other);
    double right = Math.log(0.9) - Math.log(0.5);
    double wrong = Math.log(0.1) - Math.log(0.5);
    double deviation = (right - wrong) / 2;
    Assessment alone = Assessment.of(value, 1, ValueFunction.ONE, one, trained);
    assertThat(alone.gain()).isCloseTo(right, within(1e-12));
    assertThat(alone.gainError()).isCloseTo(0, within(1e-12));
    Assessment mixed = Assessment.of(value, 1, ValueFunction.ONE, both, trained);
    assertThat(mixed.gain()).isCloseTo((right + wrong) / 2, within(1e-12));
    // Two clusters of two prefixes: sqrt(2 / 1 * 2 (2 d)^2) / 4.
    assertThat(mixed.gainError()).isCloseTo(deviation, within(1e-12));
    Assessment single =
        Assessment.of(value, 1, ValueFunction.ONE, List.of(one.getFirst()), trained);
    assertThat(single.gainError()).isInfinite();
  }

  private static Rollout other(Rollout rollout) {
    return new Rollout(
        Candidate.complete(
            Prompt.text("other"),
            ABC.model().vocabulary(),
            rollout.complete().tokenIds(),
            FinishReason.LENGTH),
        rollout.tau());
  }

  @Test
  void gatedValue_batch_keepsEachValueInItsPlace() {
    var gated =
        new GatedValue(
            ValuePartsTest::gate, prefix -> prefix.tokenIds()[prefix.tokenIds().length - 1]);
    double[] out = new double[4];
    gated.logValues(List.of(prefix(0, 2), prefix(2, 1), prefix(1, 0), prefix(1, 1)), out);
    assertThat(out).containsExactly(2, Double.NEGATIVE_INFINITY, 0, 1);
  }

  /** x = 1: 2 + 1 = 3, then 3 times 3 less 1 = 8, then 5 times 8 and 0.5; x = -1 dies at once. */
  @Test
  void mlp_ofThreeLayers_byHand() {
    var mlp = new Mlp(List.of(1, 1, 1, 1), new float[] {2, 3, 5, 1, -1, 0.5f});
    assertThat(mlp.output(new float[] {1})).isEqualTo(40.5);
    assertThat(mlp.output(new float[] {-1})).isEqualTo(0.5);
  }

  private static LearnedValue value(float some) {
    List<Integer> widths = List.of(9, 2, 2, 1);
    float[] parameters = new float[Mlp.size(widths)];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = some * (i - 10);
    }
    return new LearnedValue(FEATURES, new Mlp(widths, parameters), 0.75, Math.log(1e-3));
  }

  private static ValueFile.Origin origin() {
    return new ValueFile.Origin("builtin:abc", "f", 3, "no c", 3, 1, "00", 10, 0);
  }

  @Test
  void file_everyNumber_comesBack(@TempDir Path folder) {
    Path file = folder.resolve("v.safetensors");
    ValueFile.of(value(0.01f), origin()).write(file);
    LearnedValue read = ValueFile.read(file).value(file, FEATURES);
    assertThat(read.mlp().parameters()).containsExactly(value(0.01f).mlp().parameters());
    assertThat(read.mlp().widths()).containsExactly(9, 2, 2, 1);
    assertThat(read.logScale()).isEqualTo(0.75);
    assertThat(read.logFloor()).isEqualTo(Math.log(1e-3));
  }

  @Test
  void file_withNumbersThatAreNotFinite_isRefused(@TempDir Path folder) {
    Path file = folder.resolve("v.safetensors");
    ValueFile.of(value(Float.NaN), origin()).write(file);
    assertThatThrownBy(() -> ValueFile.read(file))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("not finite");
  }
}
