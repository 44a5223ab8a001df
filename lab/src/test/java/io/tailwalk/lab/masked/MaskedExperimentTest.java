package io.tailwalk.lab.masked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Measured;
import io.tailwalk.lab.Scale;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.masked.MaskedSequence;
import io.tailwalk.sampling.masked.MaskedWalk;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaskedExperimentTest {
  private static final MaskedPlan SMALL = new MaskedPlan(List.of(3, 4), 8, 60);

  private static Finding run(int threads) {
    var settings = new ExperimentSettings(Scale.QUICK, 100, threads);
    return new MaskedExperiment(settings, SMALL).run(Watch.NONE);
  }

  @Test
  void sameSeed_anyNumberOfThreads_theSameFigures() {
    assertThat(run(2).json()).isEqualTo(run(1).json());
  }

  @Test
  void task_tables_areProbabilitiesAndMissNoReward() {
    MaskedTask task = MaskedTask.draw(4, 7);
    assertThat(task.states()).isEqualTo(256);
    assertThat(task.mass(0)).isCloseTo(1, within(1e-12));
    assertThat(task.success()).isStrictlyBetween(0.0, 1.0);
    for (int state = 0; state < task.states(); state++) {
      MaskedSequence sequence = task.sequence(state);
      assertThat(task.index(sequence)).isEqualTo(state);
      assertThat(task.rewarded(state)).isBetween(0.0, task.mass(state) * (1 + 1e-12));
      if (task.rewarded(state) > 0) {
        assertThat(task.value(state)).isPositive();
      }
      for (int i = 0; i < 4; i++) {
        if (sequence.isMasked(i)) {
          double sum = DoubleStream.of(task.logProbs(sequence, i)).map(Math::exp).sum();
          assertThat(sum).isCloseTo(1, within(1e-12));
        }
      }
    }
  }

  @Test
  void walk_fromItsGraph_staysADistributionAndReachesTheTarget() {
    MaskedTask task = MaskedTask.draw(4, 8);
    var graph = new StateGraph(task);
    for (MaskedWalk walk :
        List.of(
            MaskedWalk.reversible(task, task.value()),
            MaskedWalk.momentum(task, task.value(), 1))) {
      StateGraph.Outcome far = graph.walk(walk, 2000);
      for (int state = 0; state < task.states(); state++) {
        boolean complete = task.sequence(state).isComplete();
        double target = complete ? task.rewarded(state) / task.success() : 0;
        assertThat(far.drawn()[state] / far.reached()).isCloseTo(target, within(1e-9));
      }
    }
    assertThat(graph.descent().reached()).isLessThanOrEqualTo(1 + 1e-12);
    assertThat(graph.model().reached()).isCloseTo(1, within(1e-12));
  }

  @Test
  void bestOfN_distance_isTheProbabilityToFindNothing() {
    MaskedTask task = MaskedTask.draw(4, 9);
    TaskResult.Row row = TaskResult.of(task).row(Rival.BEST_OF_N);
    double nothing = Math.pow(1 - task.success(), row.count());
    assertThat(row.distance()).isCloseTo(nothing, within(1e-12));
    assertThat(row.accuracy()).isCloseTo(1 - nothing, within(1e-12));
  }

  @Test
  void verdict_ofWhatIsClaimed_holds_andEachDepartureFails() {
    List<LengthResult> good = List.of(length(4, 0.002, 0.15, 0.01), length(7, 0.004, 0.17, 0.3));
    assertThat(MaskedVerdict.of(good, List.of()).holds()).isTrue();
    assertFails(List.of(good.getFirst(), length(7, 0.03, 0.17, 0.3)), "vgb is not clearly within");
    assertFails(List.of(length(4, 0.002, 0.04, 0.01), good.getLast()), "action-level is not");
    assertFails(List.of(good.getFirst(), length(7, 0.004, 0.17, 0.003)), "best-of-n is not");
    assertFails(List.of(length(4, 0.002, 0.15, 0.3), good.getLast()), "fails: from n=4 to n=7");
    var wrong = new Check(4, Rival.VGB, new Measured(90, 1), 100, new Measured(-3, 0.1), -3.1);
    var verdict = MaskedVerdict.of(good, List.of(wrong));
    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.summary()).last().asString().contains("draws of vgb");
  }

  /** Planted falsehood: descents, computed for real, under the name of the walk. */
  @Test
  void planted_descentsInPlaceOfVgb_fail() {
    List<LengthResult> real = new ArrayList<>();
    List<LengthResult> planted = new ArrayList<>();
    for (int n : List.of(4, 5)) {
      List<TaskResult> tasks =
          IntStream.range(0, 6).mapToObj(i -> TaskResult.of(MaskedTask.draw(n, i))).toList();
      real.add(new LengthResult(n, tasks));
      planted.add(new LengthResult(n, tasks.stream().map(MaskedExperimentTest::swapped).toList()));
    }
    String wrong = "vgb is not clearly within";
    assertThat(String.join("\n", MaskedVerdict.of(real, List.of()).summary()))
        .doesNotContain(wrong);
    assertFails(planted, wrong);
  }

  private static TaskResult swapped(TaskResult task) {
    Map<Rival, TaskResult.Row> rows = new EnumMap<>(task.rows());
    rows.put(Rival.VGB, task.row(Rival.ACTION_LEVEL));
    return new TaskResult(task.success(), task.logError(), task.undetected(), rows);
  }

  private static void assertFails(List<LengthResult> lengths, String says) {
    var verdict = MaskedVerdict.of(lengths, List.of());
    assertThat(verdict.holds()).isFalse();
    assertThat(String.join("\n", verdict.summary())).contains(says);
  }

  private static LengthResult length(int n, double walks, double descents, double best) {
    List<TaskResult> tasks = new ArrayList<>();
    IntStream.range(0, 10)
        .forEach(i -> {
          double jitter = 1 + 0.05 * Math.sin(i);
          Map<Rival, TaskResult.Row> rows = new EnumMap<>(Rival.class);
          rows.put(Rival.VGB, row(walks * jitter));
          rows.put(Rival.MOMENTUM, row(walks * jitter / 2));
          rows.put(Rival.ACTION_LEVEL, row(descents * jitter));
          rows.put(Rival.BEST_OF_N, row(best * jitter));
          tasks.add(new TaskResult(0.01, 1, 0.5, rows));
        });
    return new LengthResult(n, tasks);
  }

  private static TaskResult.Row row(double distance) {
    return new TaskResult.Row(distance, 1, 100, 0, -3);
  }

  @Test
  void experiment_small_saysWhatItComputed() {
    Finding finding = run(1);
    assertThat(finding.experiment()).isEqualTo("masked");
    assertThat(finding.json().path("figures").path("lengths").size()).isEqualTo(2);
    assertThat(String.join("\n", finding.summary())).doesNotContain("draws of");
  }
}
