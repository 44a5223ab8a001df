package io.tailwalk.runs.checkpoints;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.paired.Needed;
import io.tailwalk.coverage.passk.PairedPoint;
import io.tailwalk.coverage.passk.PairedPoint.Contrast;
import io.tailwalk.coverage.passk.PromptSuccess;
import io.tailwalk.coverage.passk.RunCurves;
import io.tailwalk.coverage.passk.VoteCurves;
import io.tailwalk.report.Table;
import io.tailwalk.report.coverage.NeededForm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The difference of two runs on the same prompts in a quantity other than counted pass@k.
 *
 * @param quantity what is compared
 * @param first name of the first run
 * @param second name of the second run
 * @param points the first run minus the second, one per number of draws
 */
public record PasskContrast(Quantity quantity, String first, String second, List<Contrast> points) {
  /** Quantities that are compared, with their names in JSON. */
  public enum Quantity {
    /** pass@k from success probabilities, where one run cannot be counted. */
    SUCCESS("pass@k from success probabilities"),
    /** Mean reward of the most probable of N. */
    BEST_OF_N("Best-of-N"),
    /** Mean reward of the best of N. */
    REWARD_BEST_OF_N("Best-of-N by reward"),
    /** Votes of equal weight. */
    MAJ_AT_K("maj@k"),
    /** Votes weighted by the reward. */
    WEIGHTED_MAJ_AT_K("weighted maj@k");

    private final String words;

    Quantity(String words) {
      this.words = words;
    }

    /** The quantity in a few words. */
    public String words() {
      return words;
    }
  }

  /** The runs of a study and its settings. */
  record Setting(List<Long> ks, double delta, long seed, Function<PassRun, Interval> range) {}

  /** Keeps an immutable copy. */
  public PasskContrast {
    points = List.copyOf(points);
  }

  /** All differences of two runs. */
  static List<PasskContrast> of(PassRun first, PassRun second, Setting setting) {
    List<PasskContrast> all = new ArrayList<>();
    var pair = new Pair(first, second, setting);
    if (Math.min(first.countable(), second.countable()) == 0) {
      pair.successes().ifPresent(all::add);
    }
    pair.best(Quantity.BEST_OF_N, PassRun::counted).ifPresent(all::add);
    pair.best(Quantity.REWARD_BEST_OF_N, PassRun::rewarded).ifPresent(all::add);
    pair.votes(Quantity.MAJ_AT_K, PassRun::votes).ifPresent(all::add);
    pair.votes(Quantity.WEIGHTED_MAJ_AT_K, PassRun::weighed).ifPresent(all::add);
    return all;
  }

  private record Pair(PassRun first, PassRun second, Setting setting) {
    Optional<PasskContrast> best(Quantity quantity, Function<PassRun, Optional<RunCurves>> curves) {
      RunCurves one = curves.apply(first).filter(RunCurves::hasScores).orElse(null);
      RunCurves other = curves.apply(second).filter(RunCurves::hasScores).orElse(null);
      if (one == null || other == null) {
        return Optional.empty();
      }
      Interval here = setting.range().apply(first);
      Interval range = here.equals(setting.range().apply(second)) ? here : Interval.LINE;
      List<Long> ns = upTo(Math.min(one.fewestSamples(), other.fewestSamples()));
      return contrast(quantity, one.bestOfNMinus(other, ns, setting.delta(), range));
    }

    Optional<PasskContrast> votes(
        Quantity quantity, Function<PassRun, Optional<VoteCurves>> curves) {
      VoteCurves one = curves.apply(first).orElse(null);
      VoteCurves other = curves.apply(second).orElse(null);
      if (one == null || other == null) {
        return Optional.empty();
      }
      List<Long> ks = upTo(Math.min(one.fewestSamples(), other.fewestSamples()));
      return contrast(
          quantity,
          quantity == Quantity.MAJ_AT_K
              ? one.majorityMinus(other, ks, setting.delta(), setting.seed())
              : one.weightedMinus(other, ks, setting.delta(), setting.seed()));
    }

    Optional<PasskContrast> successes() {
      if (first.masses().isEmpty() || second.masses().isEmpty()) {
        return Optional.empty();
      }
      List<PromptSuccess> one = sorted(first.masses());
      List<PromptSuccess> other = sorted(second.masses());
      if (!ids(one).equals(ids(other))) {
        return Optional.empty();
      }
      double error = Math.max(first.error(), second.error());
      return contrast(
          Quantity.SUCCESS,
          setting.ks().stream()
              .map(k -> PairedPoint.ofSuccesses(one, other, k, error, setting.delta()))
              .map(point -> new Contrast(point, new Needed.Unknown()))
              .toList());
    }

    private static List<PromptSuccess> sorted(List<PromptSuccess> prompts) {
      return prompts.stream().sorted(Comparator.comparing(PromptSuccess::promptId)).toList();
    }

    private static List<String> ids(List<PromptSuccess> prompts) {
      return prompts.stream().map(PromptSuccess::promptId).toList();
    }

    private List<Long> upTo(long most) {
      return setting.ks().stream().filter(k -> k <= most).toList();
    }

    private Optional<PasskContrast> contrast(Quantity quantity, List<Contrast> points) {
      return points.isEmpty()
          ? Optional.empty()
          : Optional.of(new PasskContrast(quantity, first.name(), second.name(), points));
    }
  }

  /**
   * The differences as JSON.
   *
   * @param power whether the further prompts are part of it
   */
  ContrastForm form(boolean power) {
    return new ContrastForm(
        quantity.name().toLowerCase(Locale.ROOT),
        first,
        second,
        points.stream().map(point -> DifferenceForm.of(point, power)).toList());
  }

  /** A contrast as JSON. */
  record ContrastForm(String quantity, String first, String second, List<DifferenceForm> points) {}

  /** A point of a contrast as JSON. */
  record DifferenceForm(
      long k,
      double difference,
      @JsonUnwrapped Interval interval,
      long better,
      long worse,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<NeededForm> furtherPrompts) {
    static DifferenceForm of(Contrast contrast, boolean power) {
      PairedPoint point = contrast.point();
      return new DifferenceForm(
          point.k(),
          point.difference(),
          point.interval(),
          point.better(),
          point.worse(),
          power ? Optional.of(NeededForm.of(contrast.furtherPrompts())) : Optional.empty());
    }
  }

  /**
   * The table of differences.
   *
   * @param intervals a sentence on the intervals
   * @param power whether the further prompts are shown
   */
  static Table table(List<PasskContrast> all, String intervals, boolean power) {
    record Row(PasskContrast of, Contrast contrast) {
      PairedPoint point() {
        return contrast.point();
      }
    }
    List<Row> rows =
        all.stream()
            .flatMap(one -> one.points().stream().map(contrast -> new Row(one, contrast)))
            .toList();
    var table =
        Table.of("First run minus second run on the same prompts. " + intervals, rows)
            .text("First", row -> row.of().first())
            .text("Second", row -> row.of().second())
            .text("Quantity", row -> row.of().quantity().words())
            .whole("k or N", row -> row.point().k())
            .interval("Difference", PasskPage.SHARE, row -> PasskPage.estimate(row.point()))
            .whole("Prompts better", row -> row.point().better())
            .whole("Prompts worse", row -> row.point().worse());
    if (power) {
      table.text("Further prompts", row -> row.contrast().furtherPrompts().words());
    }
    return table.build();
  }
}
