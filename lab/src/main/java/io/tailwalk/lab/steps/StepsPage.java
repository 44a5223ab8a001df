package io.tailwalk.lab.steps;

import io.tailwalk.lab.Plots;
import io.tailwalk.lab.Verdict;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.report.TableBuilder;
import io.tailwalk.train.linear.LinearProblem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The figures of the experiment as a page. */
final class StepsPage {
  private static final NumberStyle THREE = NumberStyle.significant(3);
  private static final String LEVEL = "Cov_" + (int) Setting.LEVEL;

  private StepsPage() {}

  static List<Section> sections(Verdict verdict, int repeats, Outcomes overH, Outcomes overT) {
    int longest = overH.settings().size() - 1;
    return List.of(
        new Section("Verdict", List.of(new Prose(verdict.summary()), new Prose(how(repeats)))),
        Section.of(
            "Dependence on the horizon",
            curves(overH, "H", "tokens", overH.settings().stream().map(Setting::horizon).toList()),
            bestSteps(overH),
            oneStep(overH)),
        Section.of(
            "Dependence on the number of sequences",
            curves(
                overT,
                "T",
                "sequences",
                overT.settings().stream().map(Setting::sequences).toList()),
            bestSteps(overT),
            oneStep(overT)),
        Section.of("Step sizes at the longest horizon", grid(overH, longest)));
  }

  private static List<String> how(int repeats) {
    return List.of(
        "Smaller is better. "
            + LEVEL
            + " is exact and averaged over the iterates of the second half of training and over "
            + repeats
            + " runs. Every method uses the same number of sequences, normalised SGD (lambda 1) and"
            + " Adam in batches of 8. Plain SGD is shown at the best step for each setting, the"
            + " others at one step for all settings of a chart.",
        "On two long prompts, steps larger than about 3/(B H) oscillate for ever; smaller steps do"
            + " not learn a tail of rarer and rarer short prompts in time. The inherent variance"
            + " stays small, so gradient noise is not the cause. The paper proves its lower bound"
            + " on"
            + " a construction that was not available to us; the construction here is our own."
            + " Truncating the gradient needs the teacher's token probabilities. The step size and"
            + " lambda that the proof of Theorem 5.1 chooses for a setting are shown and not"
            + " judged.");
  }

  private static double[] shown(Outcomes outcomes, Method method) {
    return method == Method.SGD ? outcomes.best(method) : outcomes.common(method);
  }

  private static Plot curves(Outcomes outcomes, String title, String unit, List<Integer> at) {
    double[] x = at.stream().mapToDouble(Integer::doubleValue).toArray();
    List<Chart.Line> lines = new ArrayList<>();
    for (Method method : Method.values()) {
      String step =
          switch (method) {
            case SGD -> ", best step each";
            case THEORY -> "";
            case NORMALISED, ADAM, TRUNCATED -> ", one step";
          };
      lines.add(Plots.line(method.label() + step, x, shown(outcomes, method)));
    }
    lines.add(
        Plots.reference(
            "min{H/(T log N), 1}",
            x,
            outcomes.settings().stream().mapToDouble(Setting::floor).toArray()));
    return new Plot(
        LEVEL + " against " + title,
        "Plain SGD follows H/(T log N); normalised, Adam and truncated steps stay below.",
        new Chart.Lines(
            Axis.linear(title, unit).on(Axis.Scale.LOG2).printed(NumberStyle.integer()),
            Axis.linear(LEVEL, "").on(Axis.Scale.LOG10),
            lines));
  }

  private static Table bestSteps(Outcomes outcomes) {
    var table =
        settings(LEVEL + ", each method at its best step for the setting", outcomes)
            .number("sigma*^2", THREE, i -> problem(outcomes, i).inherentVariance())
            .number("min{H/(T log N), 1}", THREE, i -> outcomes.settings().get(i).floor());
    return methods(table, outcomes::best);
  }

  private static LinearProblem problem(Outcomes outcomes, int setting) {
    return outcomes.settings().get(setting).problem();
  }

  private static Table oneStep(Outcomes outcomes) {
    return methods(
        settings(LEVEL + ", each method at one step for all settings", outcomes), outcomes::common);
  }

  private static TableBuilder<Integer> settings(String caption, Outcomes outcomes) {
    List<Setting> settings = outcomes.settings();
    return Table.of(caption, IntStream.range(0, settings.size()).boxed().toList())
        .whole("H", "tokens", i -> settings.get(i).horizon())
        .whole("T", "sequences", i -> settings.get(i).sequences());
  }

  private static Table methods(TableBuilder<Integer> table, Function<Method, double[]> coverage) {
    for (Method method : Method.values()) {
      double[] values = coverage.apply(method);
      table.number(method.label(), THREE, i -> values[i]);
    }
    return table.build();
  }

  private static Plot grid(Outcomes outcomes, int setting) {
    List<Chart.Line> lines = new ArrayList<>();
    for (Method method : EnumSet.complementOf(EnumSet.of(Method.THEORY))) {
      double[] steps = method.grid(outcomes.settings().get(setting));
      double[] values = outcomes.row(method, setting);
      double[] ascending = new double[steps.length];
      double[] coverage = new double[steps.length];
      for (int i = 0; i < steps.length; i++) {
        ascending[i] = steps[steps.length - 1 - i];
        coverage[i] = values[steps.length - 1 - i];
      }
      lines.add(Plots.line(method.label(), ascending, coverage));
    }
    return new Plot(
        "Grid of step sizes at H = " + outcomes.settings().get(setting).horizon(),
        "No constant plain step works: large steps oscillate, small steps learn too slowly.",
        new Chart.Lines(
            Axis.linear("step size", "").on(Axis.Scale.LOG10),
            Axis.linear(LEVEL, "").on(Axis.Scale.LOG10),
            lines));
  }
}
