package io.tailwalk.lab.exact;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Table;
import io.tailwalk.runs.work.Workers;
import java.util.List;
import java.util.Locale;

/**
 * Exact total variation to the target over complete responses, computed on all prefixes without
 * sampling; it shows differences that cells could hide.
 *
 * @param length H
 * @param actionLevel total variation of value-guided descents
 * @param vgb total variation of the lazy walk after {@link LearnedStudy#STEPS_PER_SQUARE} {@code
 *     H^2} steps from the root, given that it is then on a response with reward
 * @param momentum total variation of the walk that keeps its direction, after the same steps
 * @param cells total variation of descents over the cells of {@link AbcCases}
 */
record WholeDistribution(
    int length,
    @JsonProperty(Entrant.ACTION_LEVEL) double actionLevel,
    double vgb,
    @JsonProperty(Entrant.MOMENTUM) double momentum,
    double cells) {
  /** Distance for which the number of steps is chosen, {@code delta} of Theorem 4.1. */
  static final double DELTA = 0.02;

  private static final double ROUNDING = 1e-9;

  /** The total variations of the ABC task. */
  static WholeDistribution of(KnownCase abc, Workers workers) {
    Problem problem = abc.problem();
    FlatTree tree = FlatTree.of(problem);
    double[] target = tree.target();
    int steps = LearnedStudy.STEPS_PER_SQUARE * abc.length() * abc.length();
    List<FlatTree.Outcome> walks =
        workers.map(2, i -> i == 0 ? tree.vgb(steps) : tree.momentum(steps));
    return new WholeDistribution(
        abc.length(),
        Binomial.totalVariation(tree.actionLevel().leaves(), target),
        Binomial.totalVariation(walks.getFirst().leaves(), target),
        Binomial.totalVariation(walks.getLast().leaves(), target),
        abc.actionDistance());
  }

  /** Whether the distance of descents equals that of their cells and the walks have mixed. */
  boolean holds() {
    return Math.abs(actionLevel - cells) <= ROUNDING && vgb <= DELTA && momentum <= DELTA;
  }

  /** The figures in words. */
  String text() {
    return String.format(
        Locale.ROOT,
        "%sH=%d, exact total variation over complete responses: %s %.3f, %s %.1e, %s %.1e",
        holds() ? "" : "fails: ",
        length,
        Entrant.ACTION_LEVEL,
        actionLevel,
        Entrant.VGB,
        vgb,
        Entrant.MOMENTUM,
        momentum);
  }

  static Table table(List<WholeDistribution> distributions) {
    NumberStyle two = NumberStyle.significant(2);
    return Table.of("Exact total variation over complete responses", distributions)
        .whole("H", "letters", WholeDistribution::length)
        .number(Entrant.ACTION_LEVEL, NumberStyle.fixed(3), WholeDistribution::actionLevel)
        .number(Entrant.VGB, two, WholeDistribution::vgb)
        .number(Entrant.MOMENTUM, two, WholeDistribution::momentum)
        .build();
  }
}
