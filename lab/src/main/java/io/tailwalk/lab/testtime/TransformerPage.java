package io.tailwalk.lab.testtime;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Plots;
import io.tailwalk.lab.Verdict;
import io.tailwalk.records.Json;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the transformer experiment, as JSON and as a page. */
final class TransformerPage {
  private static final NumberStyle THREE = NumberStyle.significant(3);
  private static final String LEVEL = "Cov_" + (int) Course.LEVEL;

  private TransformerPage() {}

  private record Form(
      @JsonUnwrapped ExperimentSettings common,
      double n,
      int skills,
      int length,
      double favour,
      int sequences,
      int perSkill,
      List<Course> rates) {}

  static ObjectNode json(TransformerExperiment experiment, List<Course> courses) {
    return Json.of(
        new Form(
            experiment.settings(),
            Course.LEVEL,
            experiment.skills(),
            TransformerExperiment.LENGTH,
            TransformerExperiment.FAVOUR,
            experiment.sequences(),
            experiment.perSkill(),
            courses));
  }

  static List<Section> sections(
      TransformerExperiment experiment, List<Course> courses, Verdict verdict) {
    return List.of(
        new Section("Verdict", List.of(new Prose(verdict.summary()), new Prose(how(experiment)))),
        Section.of(
            "With and without updates at test time",
            plot(LEVEL, LEVEL, courses, Score::coverage),
            plot("KL", "KL (nats)", courses, Score::kl),
            table(courses)));
  }

  private static List<String> how(TransformerExperiment experiment) {
    return List.of(
        "Smaller is better. "
            + experiment.skills()
            + " prompts of power-law frequency; each letter of a response is the prompt's favourite"
            + " of two with probability "
            + TransformerExperiment.FAVOUR
            + ". A transformer of Llama's shape with one layer, 16 wide, takes one step of SGD"
            + " after each letter of "
            + experiment.sequences()
            + " fresh sequences. Scores are means over "
            + Course.CHECKPOINTS
            + " evenly spaced iterates, on "
            + experiment.perSkill()
            + " held-out responses per prompt whose log-probability under the data is exact, the"
            + " same for all.",
        "Theorem 6.1 sets the rate by constants of a linear model, which a transformer does not"
            + " have, so each rate of a grid is compared with itself. Single iterates differ much;"
            + " the theorem is about their average.");
  }

  private static Plot plot(
      String title, String axis, List<Course> courses, ToDoubleFunction<Score> figure) {
    double[] x = courses.stream().mapToDouble(Course::rate).toArray();
    return new Plot(
        title,
        "Against the rate of the token steps; smaller is better.",
        new Chart.Lines(
            Axis.linear("rate", "").on(Axis.Scale.LOG10),
            Axis.linear(axis, ""),
            List.of(
                Plots.line(
                    "with updates at test time",
                    x,
                    courses.stream().mapToDouble(c -> figure.applyAsDouble(c.with())).toArray()),
                Plots.line(
                    "without",
                    x,
                    courses.stream()
                        .mapToDouble(c -> figure.applyAsDouble(c.without()))
                        .toArray()))));
  }

  private static Table table(List<Course> courses) {
    return Table.of("Scores by rate", courses)
        .number("rate", THREE, Course::rate)
        .number("regret", "nats", THREE, Course::regret)
        .number(LEVEL + " with", THREE, c -> c.with().coverage())
        .number("± standard error", THREE, c -> c.with().standardError())
        .number(LEVEL + " without", THREE, c -> c.without().coverage())
        .number("± standard error", THREE, c -> c.without().standardError())
        .number("KL with", "nats", THREE, c -> c.with().kl())
        .number("KL without", "nats", THREE, c -> c.without().kl())
        .build();
  }
}
