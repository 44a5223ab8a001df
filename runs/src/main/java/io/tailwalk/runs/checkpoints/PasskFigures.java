package io.tailwalk.runs.checkpoints;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.paired.Power;
import io.tailwalk.coverage.passk.CurvePoint;
import io.tailwalk.coverage.passk.PairedPoint;
import io.tailwalk.coverage.passk.PairedPower;
import io.tailwalk.coverage.passk.RunCurves;
import io.tailwalk.coverage.passk.VotePoint;
import io.tailwalk.records.Json;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.ReportPage;
import io.tailwalk.report.Table;
import io.tailwalk.report.coverage.NeededForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The figures of {@code passk}.
 *
 * @param curves curves, one entry per run
 * @param pairs differences of runs that can both be counted
 * @param contrasts differences in other quantities
 * @param delta error probability of each interval
 * @param power whether it was asked what would settle the differences
 */
public record PasskFigures(
    List<Curves> curves,
    List<Pair> pairs,
    List<PasskContrast> contrasts,
    double delta,
    boolean power) {
  /** Seed of random subsets of votes. */
  private static final long SEED = 0;

  /**
   * The curves of a run.
   *
   * @param run the run
   * @param pass pass@k; empty if it is not known which samples pass
   * @param bestOfN Best-of-N by the model's own log-probability; empty if unknown
   * @param bestByReward Best-of-N by the reward; empty if rewards only tell pass from fail
   * @param majority votes of equal weight; empty if answers are unknown
   * @param weighed votes weighted by the reward; empty if answers or rewards are unknown
   */
  public record Curves(
      PassRun run,
      List<PassRun.Point> pass,
      List<CurvePoint> bestOfN,
      List<CurvePoint> bestByReward,
      List<VotePoint> majority,
      List<VotePoint> weighed) {}

  /**
   * The differences of pass@k of two runs on the same prompts.
   *
   * @param first name of the first run
   * @param second name of the second run
   * @param points the first run minus the second, one point per number of draws
   * @param power what would settle each point, in their order; empty if it was not asked for
   */
  public record Pair(
      String first, String second, List<PairedPoint> points, List<PairedPower> power) {}

  /**
   * Computes the curves of all runs, and the differences of counted runs.
   *
   * @param runs the runs
   * @param ks numbers of draws
   * @param delta error probability of each interval
   * @param rewards range of the rewards
   * @param power whether to compute what would settle the differences
   */
  public static PasskFigures of(
      List<PassRun> runs, List<Long> ks, double delta, Interval rewards, boolean power) {
    List<Curves> curves = new ArrayList<>();
    for (PassRun run : runs) {
      List<Long> counted = ks.stream().filter(k -> k <= run.countable()).toList();
      List<Long> selected = ks.stream().filter(k -> k <= run.selectable()).toList();
      Interval range = range(run, rewards);
      curves.add(
          new Curves(
              run,
              run.curve(ks, delta),
              best(run.counted(), counted, delta, range),
              best(run.rewarded(), selected, delta, range),
              run.votes().map(votes -> votes.majority(counted, delta, SEED)).orElse(List.of()),
              run.weighed().map(votes -> votes.weighted(counted, delta, SEED)).orElse(List.of())));
    }
    List<Pair> pairs = new ArrayList<>();
    List<PasskContrast> contrasts = new ArrayList<>();
    var setting = new PasskContrast.Setting(ks, delta, SEED, run -> range(run, rewards));
    for (int i = 0; i < runs.size(); i++) {
      for (int j = i + 1; j < runs.size(); j++) {
        PassRun first = runs.get(i);
        PassRun second = runs.get(j);
        long most = Math.min(first.countable(), second.countable());
        if (most > 0) {
          List<Long> both = ks.stream().filter(k -> k <= most).toList();
          RunCurves other = second.counted().orElseThrow();
          RunCurves one = first.counted().orElseThrow();
          List<PairedPoint> points = one.minus(other, both, delta);
          List<PairedPower> needed = power ? one.power(other, points, delta) : List.of();
          pairs.add(new Pair(first.name(), second.name(), points, needed));
        }
        contrasts.addAll(PasskContrast.of(first, second, setting));
      }
    }
    return new PasskFigures(curves, pairs, contrasts, delta, power);
  }

  /** The default is what is known of this project's rewards; of others nothing is. */
  private static Interval range(PassRun run, Interval rewards) {
    return rewards.equals(Interval.NON_NEGATIVE) ? run.range() : rewards;
  }

  private static List<CurvePoint> best(
      Optional<RunCurves> run, List<Long> ns, double delta, Interval range) {
    return run.filter(RunCurves::hasScores)
        .map(curve -> curve.bestOfN(ns, delta, range))
        .orElse(List.of());
  }

  /** The figures as JSON. */
  public ObjectNode json(RunRecord record) {
    return Json.of(
        new Form(
            curves.stream().map(RunForm::of).toList(),
            pairs.stream().map(PairForm::of).toList(),
            contrasts.stream().map(contrast -> contrast.form(power)).toList(),
            record));
  }

  private record Form(
      List<RunForm> runs,
      List<PairForm> pairs,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PasskContrast.ContrastForm> contrasts,
      RunRecord run) {}

  private record RunForm(
      String run,
      long countableK,
      List<MethodForm> passAtK,
      List<PointForm> bestOfN,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PointForm> rewardBestOfN,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<VoteForm> majAtK,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<VoteForm> weightedMajAtK) {
    static RunForm of(Curves curves) {
      return new RunForm(
          curves.run().name(),
          curves.run().countable(),
          curves.pass().stream()
              .map(point -> new MethodForm(PointForm.of(point.curve()), point.method().words))
              .toList(),
          curves.bestOfN().stream().map(PointForm::of).toList(),
          curves.bestByReward().stream().map(PointForm::of).toList(),
          curves.majority().stream().map(VoteForm::of).toList(),
          curves.weighed().stream().map(VoteForm::of).toList());
    }
  }

  private record MethodForm(@JsonUnwrapped PointForm point, String method) {}

  private record PointForm(
      long k,
      double value,
      @JsonUnwrapped Interval interval,
      Bias bias,
      int correctedPrompts,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Interval> thesePrompts) {
    static PointForm of(CurvePoint point) {
      return new PointForm(
          point.k(),
          point.value(),
          point.interval(),
          point.bias(),
          point.corrected(),
          point.these());
    }
  }

  private record VoteForm(
      long k,
      double value,
      @JsonUnwrapped Interval interval,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Double> standardError) {
    static VoteForm of(VotePoint point) {
      return new VoteForm(point.k(), point.value(), point.interval(), point.standardError());
    }
  }

  private record PairForm(String first, String second, List<DifferenceForm> points) {
    static PairForm of(Pair pair) {
      return new PairForm(
          pair.first(),
          pair.second(),
          IntStream.range(0, pair.points().size())
              .mapToObj(i ->
                  DifferenceForm.of(
                      pair.points().get(i),
                      pair.power().isEmpty()
                          ? Optional.empty()
                          : Optional.of(PowerForm.of(pair.power().get(i)))))
              .toList());
    }
  }

  private record DifferenceForm(
      long k,
      double difference,
      @JsonUnwrapped Interval interval,
      long better,
      long worse,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<PowerForm> power) {
    static DifferenceForm of(PairedPoint point, Optional<PowerForm> power) {
      return new DifferenceForm(
          point.k(), point.difference(), point.interval(), point.better(), point.worse(), power);
    }
  }

  private record PowerForm(
      double power,
      double standardError,
      double withinError,
      NeededForm furtherPrompts,
      NeededForm furtherSamples) {
    static PowerForm of(PairedPower power) {
      return new PowerForm(
          Power.POWER,
          power.standardError(),
          power.withinError(),
          NeededForm.of(power.furtherPrompts()),
          NeededForm.of(power.furtherSamples()));
    }
  }

  /** The tables in order: pass@k, Best-of-N, votes, and differences of runs, as far as known. */
  public List<Table> tables() {
    return new PasskPage(this).tables();
  }

  /** One line on the kinds of the ends of pass@k and on the bias of its values. */
  public String words() {
    return new PasskPage(this).words();
  }

  /** Sentences below the tables: {@link #words} and what further prompts and samples mean. */
  public List<String> remarks() {
    PasskPage page = new PasskPage(this);
    return Stream.concat(Stream.of(page.words()), page.powerRemark().stream()).toList();
  }

  /** The page. */
  public ReportPage page(RunRecord record) {
    return new PasskPage(this).page(record);
  }
}
