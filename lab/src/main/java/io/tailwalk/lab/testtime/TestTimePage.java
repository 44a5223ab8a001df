package io.tailwalk.lab.testtime;

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
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The figures of the experiment as a page. */
final class TestTimePage {
  private static final NumberStyle THREE = NumberStyle.significant(3);
  private static final String LEVEL = "Cov_" + (int) Setting.LEVEL;

  private TestTimePage() {}

  static List<Section> sections(
      TestTimeExperiment experiment,
      List<Setting> settings,
      List<Setting.Run> runs,
      double[] rates,
      Verdict verdict) {
    int count = experiment.horizons().size();
    int first = settings.size() - count;
    List<Setting.Run> longest = runs.subList(first, settings.size());
    double[] h = experiment.horizons().stream().mapToDouble(Integer::doubleValue).toArray();
    String at = "at T = " + settings.getLast().sequences();
    return List.of(
        new Section("Verdict", List.of(new Prose(verdict.summary()), new Prose(how(experiment)))),
        Section.of(
            "Dependence on the horizon",
            plot(LEVEL + " " + at, LEVEL, h, longest, Score::coverage),
            plot("KL " + at, "KL (nats)", h, longest, Score::kl),
            coverage(settings, runs),
            divergence(settings, runs, rates)));
  }

  private static List<String> how(TestTimeExperiment experiment) {
    return List.of(
        "Smaller is better. Scores are means over four checkpoints of the second half of training"
            + " and "
            + experiment.repeats()
            + " runs. Linear models are scored exactly. Distributions that train while they decode"
            + " are scored on all responses at H = 10 and on "
            + experiment.draws()
            + " drawn responses per prompt and checkpoint at larger H.",
        "A skill that is never seen in training costs a model almost log 2 per token; a model that"
            + " trains while it decodes learns the skill from the first few tokens of the response."
            + " The step 1/(2 B^2) is the largest that Theorem 6.1 allows and is the same"
            + " everywhere. The step of its proof, min{1/(2 B^2), (sigma*^2 T)^(-1/2)}, is also"
            + " shown"
            + " and is too small to help coverage as much here. The rivals use their best step of a"
            + " grid, chosen for each setting and figure.");
  }

  private static double best(List<Score> scores, ToDoubleFunction<Score> figure) {
    return scores.stream().mapToDouble(figure).min().orElseThrow();
  }

  private static Plot plot(
      String title,
      String axis,
      double[] h,
      List<Setting.Run> runs,
      ToDoubleFunction<Score> figure) {
    List<Chart.Line> lines = new ArrayList<>();
    lines.add(
        Plots.line(
            "test-time updates, step 1/(2 B²)",
            h,
            runs.stream().mapToDouble(run -> figure.applyAsDouble(run.testTime())).toArray()));
    lines.add(
        Plots.line(
            "test-time updates, step of the theorem",
            h,
            runs.stream()
                .mapToDouble(run -> figure.applyAsDouble(run.testTimeTheory()))
                .toArray()));
    lines.add(
        Plots.line(
            "token-level SGD, best step",
            h,
            runs.stream().mapToDouble(run -> best(run.token(), figure)).toArray()));
    lines.add(
        Plots.line(
            "sequence-level SGD, best step",
            h,
            runs.stream().mapToDouble(run -> best(run.sequence(), figure)).toArray()));
    return new Plot(
        title,
        "Each method against the horizon; smaller is better.",
        new Chart.Lines(
            Axis.linear("H", "tokens").on(Axis.Scale.LOG2).printed(NumberStyle.integer()),
            Axis.linear(axis, ""),
            lines));
  }

  private static Table coverage(List<Setting> settings, List<Setting.Run> runs) {
    return table(LEVEL + " with and without updates at test time", settings)
        .number("test time, 1/(2 B²)", THREE, i -> runs.get(i).testTime().coverage())
        .number("± standard error", THREE, i -> runs.get(i).testTime().standardError())
        .number(
            "test time, step of the theorem", THREE, i -> runs.get(i).testTimeTheory().coverage())
        .number("token-level, best", THREE, i -> Setting.Run.best(runs.get(i).token()))
        .number("sequence-level, best", THREE, i -> Setting.Run.best(runs.get(i).sequence()))
        .build();
  }

  private static TableBuilder<Integer> table(String caption, List<Setting> settings) {
    return Table.of(caption, IntStream.range(0, settings.size()).boxed().toList())
        .whole("H", "tokens", i -> settings.get(i).horizon())
        .whole("T", "sequences", i -> settings.get(i).sequences());
  }

  private static Table divergence(List<Setting> settings, List<Setting.Run> runs, double[] rates) {
    return table("KL with and without updates at test time", settings)
        .number("test time, 1/(2 B²)", "nats", THREE, i -> runs.get(i).testTime().kl())
        .number("sqrt(σ*²/T) + B²/T", THREE, i -> rates[i])
        .number("token-level, best", "nats", THREE, i -> best(runs.get(i).token(), Score::kl))
        .number("sequence-level, best", "nats", THREE, i -> best(runs.get(i).sequence(), Score::kl))
        .build();
  }
}
