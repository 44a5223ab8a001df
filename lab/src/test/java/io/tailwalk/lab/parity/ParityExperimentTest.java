package io.tailwalk.lab.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Measured;
import io.tailwalk.lab.Scale;
import io.tailwalk.lab.Verdict;
import io.tailwalk.runs.work.Watch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The task, what is computed on it, searches against it, and verdicts both ways. */
class ParityExperimentTest {
  private static final ParityTask SMALLEST = new ParityTask(1, 1, 0);

  @Test
  void exactValue_ofEveryPrefix_isTheMeanOverItsChildren() {
    var task = new ParityTask(2, 2, 1);
    try (var context =
        new ParityModel(task).open(new int[0], new ContextOptions(task.length(), 1))) {
      assertConsistent(task, context, new int[0]);
    }
    assertThat(task.logExact(new int[0])).isCloseTo(Math.log(0.25), within(1e-12));
  }

  /** Bits 1, then 1 and 1: the markers are 1 and 0. */
  @Test
  void exactValue_ofAResponse_countsFreeBitsOnly() {
    var task = new ParityTask(2, 1, 0);
    assertThat(task.logExact(new int[] {1, 1, 1, 1, 0, 1})).isEqualTo(0);
    assertThat(task.logExact(new int[] {1, 1, 1, 1, 1, 0})).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(task.told(new int[] {1, 1, 1, 1, 0}, 5)).isEqualTo(1);
    assertThat(task.told(new int[] {1, 1, 1, 1, 1}, 5)).isEqualTo(0);
  }

  private static void assertConsistent(
      ParityTask task, io.tailwalk.core.model.ModelContext context, int[] prefix) {
    if (prefix.length == task.length()) {
      return;
    }
    var distribution = context.next(new int[][] {prefix})[0];
    double mean = 0;
    for (int letter = 0; letter < 2; letter++) {
      if (distribution.logProb(letter) > Double.NEGATIVE_INFINITY) {
        int[] child = Arrays.copyOf(prefix, prefix.length + 1);
        child[prefix.length] = letter;
        mean += Math.exp(distribution.logProb(letter) + task.logExact(child));
        assertConsistent(task, context, child);
      }
    }
    assertThat(mean).isCloseTo(Math.exp(task.logExact(prefix)), within(1e-12));
  }

  /**
   * By hand: at the bit h = 1 + (1 + h)/2 + (1 + h)/4 for VGB; half of the descents by momentum.
   */
  @Test
  void blindTimes_ofOneBlock_areThoseByHand() {
    assertThat(BlindTimes.vgb(SMALLEST)).isCloseTo(8, within(1e-9));
    assertThat(BlindTimes.momentum(SMALLEST)).isCloseTo(6, within(1e-9));
    assertThat(BlindTimes.actionLevel(SMALLEST)).isEqualTo(6);
  }

  /** Past the first blocks the walks need a power of the length, descents an exponential. */
  @Test
  void blindTimes_ofWalks_growAsThePowerOfTheLengthThatARandomWalkHas() {
    double momentum = BlindTimes.momentum(task(32)) / BlindTimes.momentum(task(16));
    double vgb = BlindTimes.vgb(task(32)) / BlindTimes.vgb(task(16));
    assertThat(momentum).isBetween(3.5, 4.2);
    assertThat(vgb).isBetween(3.5, 4.2);
  }

  private static ParityTask task(int blocks) {
    return new ParityTask(blocks, 2, 1);
  }

  @Test
  void insight_ofLaggingAndOfExactValue_areKnown() {
    ParityTask task = task(3);
    Insight lagging = Insight.of(task, task.lagging());
    assertThat(lagging.success()).isCloseTo(1.0 / 8, within(1e-12));
    assertThat(lagging.rightShare()).containsOnly(0.5);
    assertThat(lagging.error()[2]).isCloseTo(Math.log(2), within(1e-12));
    assertThat(lagging.error()[4]).isEqualTo(0);
    ValueFunction exact = prefix -> task.logExact(prefix.tokenIds());
    Insight sees = Insight.of(task, exact);
    assertThat(sees.success()).isCloseTo(1, within(1e-12));
    assertThat(sees.rightShare()).containsOnly(1);
    assertThat(sees.error()).containsOnly(0);
  }

  /** A value that likes ones: each marker is right with the tilt of the parity before it. */
  @Test
  void insight_ofATiltedValue_isThatByHand() {
    ValueFunction ones =
        prefix -> Arrays.stream(prefix.tokenIds(), 0, Math.min(2, prefix.tokenIds().length)).sum();
    // Bit 1 and marker 1 are right together, 0 and 0 as well: e^2 and 1 of (1 + e)^2.
    double e = Math.E;
    assertThat(Insight.of(SMALLEST, ones).success())
        .isCloseTo((e * e + 1) / ((1 + e) * (1 + e)), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void searches_withTheLaggingValue_takeTheStepsThatAreComputed(int late) {
    var task = new ParityTask(3, 1, late);
    var problem = task.problem(task.lagging());
    for (Searcher searcher : Searcher.all()) {
      double computed =
          switch (searcher.label()) {
            case Searcher.VGB -> BlindTimes.vgb(task);
            case Searcher.MOMENTUM -> BlindTimes.momentum(task);
            case Searcher.SMC, Searcher.AUTO -> Double.NaN;
            case Searcher.ACTION_LEVEL -> BlindTimes.actionLevel(task);
            default -> task.length() * Math.pow(2, task.blocks());
          };
      List<Attempt> attempts = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        attempts.add(searcher.search(problem, 7000 + i));
      }
      var cell = ParityCell.of(task, searcher.label(), attempts, new Measured(computed, 0));
      assertThat(cell.asComputed()).as("%s", cell).isTrue();
      assertThat(cell.givenUp()).isZero();
      assertThat(cell.tokens().value()).isBetween(task.length() - 1.0, cell.steps().value());
    }
  }

  private static ParityCell cell(int blocks, String sampler, double tokens, double computed) {
    var measured = new Measured(tokens, tokens / 20);
    return new ParityCell(
        task(blocks), sampler, measured, measured, new Measured(computed, 0), 1, 0);
  }

  private static Verdict verdict(double action, double vgb, double computed, int givenUp) {
    List<ParityCell> cells =
        List.of(
            cell(2, Searcher.ACTION_LEVEL, 40, 40),
            cell(2, Searcher.VGB, 40, Double.NaN),
            cell(2, Searcher.MOMENTUM, 40, Double.NaN),
            cell(8, Searcher.ACTION_LEVEL, action, computed),
            cell(8, Searcher.VGB, vgb, Double.NaN),
            new ParityCell(
                task(8),
                Searcher.MOMENTUM,
                new Measured(200, 10),
                new Measured(200, 10),
                new Measured(Double.NaN, 0),
                1,
                givenUp));
    return ParityVerdict.of(new ParityResults(cells, cells, List.of()));
  }

  @Test
  void verdict_holdsOnlyIfFewerSlowerAsComputedAndNoneGivenUp() {
    assertThat(verdict(4000, 800, 4000, 0).holds()).isTrue();
    assertThat(verdict(4000, 3900, 4000, 0).summary())
        .anyMatch(line -> line.contains("vgb does not need significantly fewer"))
        .anyMatch(line -> line.contains("the cost of vgb does not grow significantly more slowly"));
    assertThat(verdict(4000, 800, 8000, 0).summary()).anyMatch(line -> line.contains("computed"));
    assertThat(verdict(4000, 800, 4000, 1).summary()).anyMatch(line -> line.contains("given up"));
  }

  /** Of 200 descents that fail once in 150, one in four runs sees none fail. */
  @Test
  void asComputed_takesTheErrorThatIsComputedWhereNoneIsMeasured() {
    var ten = new Measured(10, 0);
    var cell = new ParityCell(task(2), "x", ten, ten, new Measured(10.07, 0.06), 1, 0);
    assertThat(cell.asComputed()).isTrue();
    var far = new ParityCell(task(2), "x", ten, ten, new Measured(10.4, 0.06), 1, 0);
    assertThat(far.asComputed()).isFalse();
  }

  @Test
  void experiment_small_isTheSameAtAnyNumberOfThreads() {
    var plan = new ParityPlan(List.of(1, 2), 400, 1, 12);
    Finding one = finding(plan, 1);
    assertThat(finding(plan, 2).json().toString()).isEqualTo(one.json().toString());
    assertThat(one.figures().get("learned").size()).isEqualTo(12);
    assertThat(one.sections()).hasSizeGreaterThan(4);
  }

  private static Finding finding(ParityPlan plan, int threads) {
    var settings = new ExperimentSettings(Scale.QUICK, 3, threads);
    return new ParityExperiment(settings, plan).run(Watch.NONE);
  }
}
