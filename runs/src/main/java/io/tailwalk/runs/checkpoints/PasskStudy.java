package io.tailwalk.runs.checkpoints;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.records.RunRecord;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.Provenance;
import io.tailwalk.runs.work.Study;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * pass@k and Best-of-N of one or more runs.
 *
 * @param runs runs with distinct names; several runs are compared pairwise
 * @param ks the numbers of draws; empty for 1, 2, 4 and so on, as long as every run can be counted
 * @param delta error probability of each interval, in (0, 1)
 * @param rewards range of the verifier's rewards, for the intervals of Best-of-N
 * @param power whether to compute how many more prompts or samples would settle each difference
 */
public record PasskStudy(
    List<PassRun> runs, List<Long> ks, double delta, Interval rewards, boolean power) {
  private static final long MOST_WHERE_NONE_IS_COUNTED = 1024;

  /** Fills in the default numbers of draws. */
  public PasskStudy {
    runs = List.copyOf(runs);
    ks = ks.isEmpty() ? powers(runs) : ks.stream().sorted().distinct().toList();
  }

  /** Returns a study with rewards from 0 up, without a known upper end. */
  public static PasskStudy of(List<PassRun> runs, List<Long> ks, double delta) {
    return new PasskStudy(runs, ks, delta, Interval.NON_NEGATIVE, false);
  }

  /** Returns this study with a known range of rewards. */
  public PasskStudy rewards(RewardRange range) {
    return new PasskStudy(runs, ks, delta, Interval.certain(range.low(), range.high()), power);
  }

  /** Returns this study with how many more prompts or samples would settle each difference. */
  public PasskStudy power(boolean wanted) {
    return new PasskStudy(runs, ks, delta, rewards, wanted);
  }

  private static List<Long> powers(List<PassRun> runs) {
    long most =
        runs.stream()
            .mapToLong(run -> run.countable() > 0 ? run.countable() : run.selectable())
            .filter(n -> n > 0)
            .min()
            .orElse(MOST_WHERE_NONE_IS_COUNTED);
    List<Long> powers = new ArrayList<>();
    for (long k = 1; k <= most; k *= 2) {
      powers.add(k);
    }
    return powers;
  }

  /** Computes the figures. */
  public PasskFigures run() {
    try {
      return PasskFigures.of(runs, ks, delta, rewards, power);
    } catch (CoverageException e) {
      throw InputException.about("samples", String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Returns the figures as a study.
   *
   * @param command the command line, for the record; empty if a program called the library
   */
  public Study study(List<String> command) {
    PasskFigures figures = run();
    RunRecord record = Provenance.record(command, List.of(), 0, Map.of("delta", delta));
    return new Study(
        "passk", figures.json(record), figures.page(record), figures.tables(), figures.remarks());
  }
}
