package io.tailwalk.lab.horizon;

import io.tailwalk.records.Doubles;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class HorizonFigures {
  private HorizonFigures() {}

  static ObjectNode json(
      HorizonSettings settings,
      HorizonPlan plan,
      List<HorizonCourse> courses,
      HorizonVerdict verdict) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("scale", settings.scale().wireName());
    json.put("seed", settings.seed());
    json.put("threads", settings.threads());
    json.put("begins_from", plan.shipped() ? "shipped base model" : "nothing");
    json.put("nodes_per_layer", plan.width());
    json.put("vocabulary", plan.vocabulary());
    json.put("model", plan.shape().toString());
    json.put("steps", plan.training().steps());
    json.put("batch_size", plan.training().batch());
    ObjectNode growth = json.putObject("kl_growth");
    growth.put("holds", verdict.klGrows());
    growth.put("slope", verdict.slope());
    growth.put("low", verdict.slopeLow());
    growth.put("high", verdict.slopeHigh());
    growth.put("expected", verdict.expectedSlope());
    growth.put("unit", "nats per layer");
    ObjectNode stays = json.putObject("coverage_stays");
    stays.put("holds", verdict.coverageStays());
    stays.put("shorter", verdict.largestDifference().shorter());
    stays.put("longer", verdict.largestDifference().longer());
    stays.put("difference", verdict.largestDifference().value());
    stays.put("half_width", verdict.largestDifference().halfWidth());
    stays.put("margin", verdict.margin());
    ObjectNode rest = json.putObject("converged");
    rest.put("holds", verdict.converged());
    rest.put("largest_drift", verdict.largestDrift());
    ArrayNode notes = json.putArray("summary");
    verdict.summary().forEach(notes::add);
    ArrayNode all = json.putArray("horizons");
    courses.forEach(course -> all.add(course(course)));
    return json;
  }

  private static ObjectNode course(HorizonCourse course) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("middle_layers", course.middleLayers());
    json.set("end", point(course.last()));
    ArrayNode points = json.putArray("course");
    course.points().forEach(point -> points.add(point(point)));
    return json;
  }

  private static ObjectNode point(HorizonPoint point) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("step", point.step());
    json.put("kl", point.kl());
    json.put("kl_standard_error", point.klError());
    json.put("cov_16", point.coverage());
    json.put("cov_16_standard_error", point.coverageError());
    json.set("ratio", Doubles.json(point.ratio()));
    ArrayNode classes = json.putArray("classes");
    for (ClassPoint one : point.classes()) {
      ObjectNode row = classes.addObject();
      row.put("prompts", one.prompts());
      row.put("kl", one.kl());
      row.put("cov_16", one.coverage());
    }
    return json;
  }
}
