package io.tailwalk.lab.horizon;

import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The figures of the experiment as a page. */
final class HorizonPage {
  private static final NumberStyle THREE = NumberStyle.fixed(3);
  private static final NumberStyle FOUR = NumberStyle.fixed(4);
  private static final double NORMAL = 1.959964;
  private static final int ONE_PATH = 0;
  private static final int RULE = 1;
  private static final int UNIFORM = 2;

  private HorizonPage() {}

  static List<Section> sections(
      HorizonPlan plan, List<HorizonCourse> courses, HorizonVerdict verdict) {
    return List.of(
        new Section(
            "Verdict", List.of(new Prose(verdict.summary()), new Prose(List.of(how(plan))))),
        Section.of(
            "During training",
            plot("KL", "nats", Axis.Scale.LOG10, courses, HorizonPoint::kl, HorizonPoint::klError),
            plot(
                "Cov_16",
                "",
                Axis.Scale.LINEAR,
                courses,
                HorizonPoint::coverage,
                HorizonPoint::coverageError),
            plot("KL over Cov_16", "nats", Axis.Scale.LOG10, courses, HorizonPoint::ratio, _ -> 0)),
        Section.of("At the end of training", end(courses), classes(courses)));
  }

  private static String how(HorizonPlan plan) {
    return String.format(
        Locale.ROOT,
        "Graphs have H middle layers of %d nodes; 94%% have one path, 5%% have H/2 branching layers"
            + " and a path that follows a parity of all passable nodes, and 1%% have %d branching"
            + " layers with all paths equally likely. A model of %d blocks and width %d is trained"
            + " for %d steps of %d new examples at each H, starting from %s. KL and Cov_16 are"
            + " measured against the exact distribution of the data, class by class on %d held-out"
            + " prompts at the end (a quarter of that number for the last class; %d during"
            + " training)"
            + " and averaged with the weights of the classes. Intervals are 95%% over held-out"
            + " prompts; they do not cover the variation between training runs.",
        plan.width(),
        HorizonTask.UNIFORM_LAYERS,
        plan.shape().layers(),
        plan.shape().embedding(),
        plan.training().steps(),
        plan.training().batch(),
        plan.shipped()
            ? "the shipped base model, which has learned the look-up on graphs of 2 to 18 layers"
                + " with one path or equally likely paths, but not the rule"
            : "one base model that was trained from scratch on graphs of growing length with one"
                + " path or equally likely paths, but not on the rule",
        plan.promptsAtEnd(),
        plan.prompts());
  }

  private static Plot plot(
      String quantity,
      String unit,
      Axis.Scale scale,
      List<HorizonCourse> courses,
      ToDoubleFunction<HorizonPoint> value,
      ToDoubleFunction<HorizonPoint> error) {
    List<Chart.Line> lines = new ArrayList<>();
    for (HorizonCourse course : courses) {
      List<Chart.LinePoint> points = new ArrayList<>();
      for (HorizonPoint point : course.points()) {
        points.add(
            new Chart.LinePoint(
                point.step(), estimate(value.applyAsDouble(point), error.applyAsDouble(point))));
      }
      lines.add(new Chart.Line(name(course), false, points));
    }
    return new Plot(
        quantity + " against the steps of training",
        "One curve for each H; smaller is better.",
        new Chart.Lines(
            Axis.linear("steps", "").printed(NumberStyle.integer()),
            Axis.linear(quantity, unit).on(scale),
            lines));
  }

  private static Estimate estimate(double value, double error) {
    double half = NORMAL * error;
    return new Estimate(Math.max(Math.min(value, 1e-3), value - half), value, value + half);
  }

  private static Table end(List<HorizonCourse> courses) {
    return Table.of("KL grows with H, coverage does not", courses)
        .text("horizon", HorizonPage::name)
        .number("KL", "nats", THREE, course -> course.last().kl())
        .number("± standard error", THREE, course -> course.last().klError())
        .number("Cov_16", FOUR, course -> course.last().coverage())
        .number("± standard error", FOUR, course -> course.last().coverageError())
        .number("KL over Cov_16", NumberStyle.fixed(1), course -> course.last().ratio())
        .build();
  }

  private static String name(HorizonCourse course) {
    return "H = " + course.middleLayers();
  }

  private static Table classes(List<HorizonCourse> courses) {
    return Table.of(
            "Figures by class; a model that knows the graph but not the rule pays (H/2) ln 2, a"
                + " model"
                + " that knows less of the graph pays more",
            courses)
        .text("horizon", HorizonPage::name)
        .number("KL, one path", "nats", THREE, course -> of(course, ONE_PATH).kl())
        .number("KL, rule", "nats", THREE, course -> of(course, RULE).kl())
        .number("(H/2) ln 2", "nats", THREE, course -> course.middleLayers() * Math.log(2) / 2)
        .number("KL, uniform", "nats", THREE, course -> of(course, UNIFORM).kl())
        .number("Cov_16, one path", FOUR, course -> of(course, ONE_PATH).coverage())
        .number("Cov_16, rule", FOUR, course -> of(course, RULE).coverage())
        .number("Cov_16, uniform", FOUR, course -> of(course, UNIFORM).coverage())
        .build();
  }

  private static ClassPoint of(HorizonCourse course, int kind) {
    return course.last().classes().get(kind);
  }
}
