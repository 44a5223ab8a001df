package io.tailwalk.lab.horizon;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.lab.Scale;
import io.tailwalk.records.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class HorizonFigures {
  private HorizonFigures() {}

  private record Form(
      Scale scale,
      long seed,
      int threads,
      String beginsFrom,
      int nodesPerLayer,
      int vocabulary,
      String model,
      long steps,
      int batchSize,
      Growth klGrowth,
      Stays coverageStays,
      Drift converged,
      List<String> summary,
      List<Course> horizons) {}

  private record Growth(
      boolean holds, double slope, double low, double high, double expected, String unit) {}

  private record Stays(
      boolean holds, @JsonUnwrapped HorizonVerdict.Difference difference, double margin) {}

  private record Drift(boolean holds, double largestDrift) {}

  private record Course(int middleLayers, Point end, List<Point> course) {
    static Course of(HorizonCourse course) {
      List<Point> points = course.points().stream().map(Point::of).toList();
      return new Course(course.middleLayers(), points.getLast(), points);
    }
  }

  private record Point(
      long step,
      double kl,
      double klStandardError,
      @JsonProperty("cov_16") double coverage,
      @JsonProperty("cov_16_standard_error") double coverageError,
      double ratio,
      List<OfClass> classes) {
    static Point of(HorizonPoint point) {
      return new Point(
          point.step(),
          point.kl(),
          point.klError(),
          point.coverage(),
          point.coverageError(),
          point.ratio(),
          point.classes().stream().map(OfClass::of).toList());
    }
  }

  private record OfClass(int prompts, double kl, @JsonProperty("cov_16") double coverage) {
    static OfClass of(ClassPoint point) {
      return new OfClass(point.prompts(), point.kl(), point.coverage());
    }
  }

  static ObjectNode json(
      HorizonSettings settings,
      HorizonPlan plan,
      List<HorizonCourse> courses,
      HorizonVerdict verdict) {
    return Json.of(
        new Form(
            settings.scale(),
            settings.seed(),
            settings.threads(),
            plan.shipped() ? "shipped base model" : "nothing",
            plan.width(),
            plan.vocabulary(),
            plan.shape().toString(),
            plan.training().steps(),
            plan.training().batch(),
            new Growth(
                verdict.klGrows(),
                verdict.slope(),
                verdict.slopeLow(),
                verdict.slopeHigh(),
                verdict.expectedSlope(),
                "nats per layer"),
            new Stays(verdict.coverageStays(), verdict.largestDifference(), verdict.margin()),
            new Drift(verdict.converged(), verdict.largestDrift()),
            verdict.summary(),
            courses.stream().map(Course::of).toList()));
  }
}
