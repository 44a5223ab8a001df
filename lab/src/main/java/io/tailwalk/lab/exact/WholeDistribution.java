package io.tailwalk.lab.exact;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Table;
import io.tailwalk.runs.work.Workers;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Total variation to the target over whole responses, worked out on all prefixes, nothing drawn:
 * what cells could hide would show here.
 *
 * @param length H
 * @param actionLevel of value-guided descents
 * @param vgb of the lazy walk after {@link LearnedStudy#STEPS_PER_SQUARE} {@code H^2} steps from
 *     the root, given that it then stands on a response with reward
 * @param momentum of the walk that keeps its direction, likewise
 * @param cells of descents over the cells of {@link AbcCases}
 */
record WholeDistribution(
    int length, double actionLevel, double vgb, double momentum, double cells) {
  /** Distance for which the steps are reckoned, {@code delta} of Theorem 4.1. */
  static final double DELTA = 0.02;

  private static final double ROUNDING = 1e-9;

  /** Of ABC. */
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

  /** Whether descents are as far as their cells say and the walks have arrived. */
  boolean holds() {
    return Math.abs(actionLevel - cells) <= ROUNDING && vgb <= DELTA && momentum <= DELTA;
  }

  /** What was found. */
  String text() {
    return String.format(
        Locale.ROOT,
        "%sH=%d, whole responses, worked out: %s %.3f, %s %.1e, %s %.1e",
        holds() ? "" : "fails: ",
        length,
        Entrant.ACTION_LEVEL,
        actionLevel,
        Entrant.VGB,
        vgb,
        Entrant.MOMENTUM,
        momentum);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("length", length).put(Entrant.ACTION_LEVEL, actionLevel);
    return json.put(Entrant.VGB, vgb).put(Entrant.MOMENTUM, momentum).put("cells", cells);
  }

  static Table table(List<WholeDistribution> distributions) {
    NumberStyle two = NumberStyle.significant(2);
    return Table.of("Total variation over whole responses, worked out", distributions)
        .whole("H", "letters", WholeDistribution::length)
        .number(Entrant.ACTION_LEVEL, NumberStyle.fixed(3), WholeDistribution::actionLevel)
        .number(Entrant.VGB, two, WholeDistribution::vgb)
        .number(Entrant.MOMENTUM, two, WholeDistribution::momentum)
        .build();
  }
}
