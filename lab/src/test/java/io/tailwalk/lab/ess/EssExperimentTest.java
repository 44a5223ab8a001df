package io.tailwalk.lab.ess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Scale;
import io.tailwalk.runs.work.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EssExperimentTest {
  private static Finding run(int repeats, int threads) {
    return new EssExperiment(new EssSettings(Scale.QUICK, repeats, 3, threads)).run(Watch.NONE);
  }

  @Test
  void run_smallAtOneAndTwoThreads_sameJsonOfTheStatedShape() {
    Finding one = run(2, 1);
    assertThat(one.json()).isEqualTo(run(2, 2).json());
    assertThat(one.json().propertyNames())
        .containsExactly("experiment", "claim", "verdict", "figures");
    assertThat(one.json().get("verdict").stringValue()).isIn("holds", "fails");
    assertThat(one.figures().propertyNames())
        .containsExactly(
            "scale",
            "repeats",
            "seed",
            "functional",
            "error_unit",
            "error_without_completion",
            "fewer_nodes",
            "unbeaten",
            "summary",
            "cells");
    assertThat(one.figures().get("cells").size()).isEqualTo(3);
    for (JsonNode sampler : one.figures().get("cells").get(0).get("samplers")) {
      assertThat(sampler.propertyNames())
          .containsExactly(
              "sampler",
              "params",
              "target_distribution",
              "rmse",
              "rmse_standard_error",
              "nodes_mean",
              "without_completion",
              "auto_ratio",
              "auto_ratio_standard_error");
    }
    assertThat(one.sections()).hasSize(3);
  }

  @Test
  void run_watchSaysNo_stops() {
    var experiment = new EssExperiment(new EssSettings(Scale.QUICK, 2, 3, 1));
    assertThatThrownBy(() -> experiment.run((done, _, _) -> done < 2))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void settings_full_hasEveryCellOfTheClaim() {
    List<DyckCell> cells = new EssSettings(Scale.FULL, 300, 0, 1).cells();
    assertThat(cells).hasSize(21).doesNotHaveDuplicates();
    assertThat(cells.getLast().name()).isEqualTo("H=128 systematic 0.7");
    assertThat(cells.getLast().nodes()).isEqualTo(8192);
  }

  /** H = 4: heights 0 and 2 are reached in 1 way each, so is their return: mean 1, deviation 1. */
  @Test
  void midHeight_ofFourBrackets_byHand() {
    MidHeight height = MidHeight.of(4);
    assertThat(height.mean()).isCloseTo(1, within(1e-12));
    assertThat(height.standardDeviation()).isCloseTo(1, within(1e-12));
    assertThat(height.error(List.of())).isEqualTo(1);
  }

  private static Measurement measured(Contender contender, long nodes, double... errors) {
    List<Trial> trials =
        DoubleStream.of(errors).mapToObj(error -> new Trial(error, nodes, false)).toList();
    return new Measurement(contender, 1000, trials);
  }

  @Test
  void rmse_nodesBesideTheTarget_isBroughtThere() {
    assertThat(measured(Contender.AUTO, 1000, 0.3, -0.4).rmse()).isCloseTo(0.35355, within(1e-4));
    assertThat(measured(Contender.AUTO, 1210, 0.3, -0.3).rmse()).isCloseTo(0.33, within(1e-12));
    assertThat(measured(Contender.AUTO, 100, 0.3, -0.3).rmse()).isCloseTo(0.3, within(1e-12));
  }

  /** Delta method by hand: squares 1 and 4 of mean 2.5, deviation 2.1213, so 0.5 * 0.6 * rmse. */
  @Test
  void standardErrors_twoRuns_byHand() {
    Measurement two = measured(Contender.AUTO, 1000, 1, 2);
    assertThat(two.rmseStandardError()).isCloseTo(0.3 * Math.sqrt(2.5), within(1e-12));
    assertThat(two.ratioStandardError(two)).isEqualTo(0);
    Measurement constant = measured(Contender.AUTO, 1000, 1, 1);
    assertThat(two.ratioStandardError(constant)).isCloseTo(0.3 * Math.sqrt(2.5), within(1e-12));
  }

  /** Error 0.1 at 1000 nodes and 0.4 at 250: as one over the budget, so 0.2 takes 500. */
  @Test
  void speedup_betweenTwoBudgets_isInterpolatedOnLogs() {
    List<Measurement> curve =
        List.of(measured(Contender.AUTO, 1000, 0.1, 0.1), measured(Contender.AUTO, 250, 0.4, 0.4));
    Speedup middle = Speedup.of(curve, 0.2, 1000);
    assertThat(middle.factor()).isCloseTo(2, within(1e-12));
    assertThat(middle.bound()).isEqualTo(Speedup.Bound.EQUAL);
    assertThat(Speedup.of(curve, 0.5, 1000)).isEqualTo(new Speedup(4, Speedup.Bound.AT_LEAST));
    assertThat(Speedup.of(curve, 0.05, 1000)).isEqualTo(new Speedup(1, Speedup.Bound.BELOW));
  }

  private static CellResult cell(double error, double vgb, double rival) {
    Measurement auto = measured(Contender.AUTO, 1000, 0.1, 0.1);
    List<Measurement> all = new ArrayList<>(List.of(auto));
    for (Contender contender : Contender.all(32)) {
      if (contender.isVgb()) {
        all.add(measured(contender, 1000, vgb, vgb));
      } else if (contender.label().equals("smc")) {
        all.add(measured(contender, 1000, rival, rival));
      } else if (contender.label().equals("beam")) {
        all.add(measured(contender, 1000, 0.001, 0.001));
      }
    }
    List<Measurement> curve =
        List.of(
            auto, measured(Contender.AUTO, 100, 0.5, 0.5), measured(Contender.AUTO, 50, 0.9, 0.9));
    return new CellResult(new DyckCell(32, error > 0, error), all, curve);
  }

  @Test
  void verdict_eachClaim_failsByItsOwnNumbersOnly() {
    CellResult good = cell(0.3, 0.6, 0.2);
    assertThat(EssVerdict.of(List.of(good, good, good), 1).holds()).isTrue();
    EssVerdict beaten = EssVerdict.of(List.of(good, good, cell(0.7, 0.6, 0.079)), 1);
    assertThat(beaten.fewerNodesHolds()).isTrue();
    assertThat(beaten.unbeatenHolds()).isFalse();
    assertThat(beaten.summary()).anyMatch(line -> line.contains("fails in H=32 systematic 0.7"));
    assertThat(EssVerdict.of(List.of(good, cell(0.7, 0.6, 0.081)), 1).unbeatenHolds()).isTrue();
    EssVerdict slow = EssVerdict.of(List.of(good, good, cell(0.3, 0.15, 0.15)), 1);
    assertThat(slow.fewerNodesHolds()).isFalse();
    assertThat(slow.unbeatenHolds()).isTrue();
    assertThat(EssVerdict.of(List.of(good, good, cell(0.7, 0.15, 0.15)), 1).holds()).isTrue();
    assertThat(
            EssVerdict.of(List.of(good, cell(0.7, 0.15, 0.15), cell(0.7, 0.15, 0.15)), 1).holds())
        .isFalse();
  }
}
