package io.tailwalk.lab.calibration;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.lab.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON, from which parts can be combined. */
final class CalibrationFigures {
  private CalibrationFigures() {}

  /** The finding of the cells, in the order of the tables. */
  static Finding finding(CalibrationHeader header, List<CalibrationCell> unordered) {
    List<CalibrationCell> cells = CalibrationHeader.sorted(unordered);
    var verdict = CalibrationVerdict.of(cells);
    return new Finding(
        CalibrationExperiment.NAME,
        CalibrationExperiment.CLAIM,
        verdict.holds(),
        verdict.summary(),
        json(header, cells, verdict),
        CalibrationPage.sections(header, cells, verdict));
  }

  private static ObjectNode json(
      CalibrationHeader header, List<CalibrationCell> cells, CalibrationVerdict verdict) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    header.into(json);
    ObjectNode parts = json.putObject("holds");
    parts.put("coverage", verdict.coverageHolds());
    parts.put("open_ends", verdict.openHolds());
    parts.put("width", verdict.widthHolds());
    ArrayNode summary = json.putArray("summary");
    verdict.summary().forEach(summary::add);
    ArrayNode array = json.putArray("cells");
    cells.forEach(cell -> array.add(measured(cell)));
    ArrayNode judged = json.putArray("judged");
    verdict.judged().forEach(j -> judged.add(judged(j, verdict)));
    return json;
  }

  private static ObjectNode measured(CalibrationCell cell) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    key(json, cell.key());
    json.put("judged", cell.judged());
    misses(json, cell.misses());
    cell.recheck().ifPresent(fresh -> misses(json.putObject("recheck"), fresh));
    json.put("without_interval", cell.silent());
    json.put("open", cell.open());
    json.put("exact", cell.exact());
    kinds(json.putObject("low_kinds"), cell.lowKinds());
    kinds(json.putObject("high_kinds"), cell.highKinds());
    json.set("width", number(cell.width()));
    json.set("former_ratio", number(cell.formerRatio()));
    json.put("former_runs", cell.formerRuns());
    return json;
  }

  private static ObjectNode judged(CalibrationVerdict.Judged judged, CalibrationVerdict verdict) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    CalibrationCell cell = judged.cell();
    key(json, cell.key());
    json.put("coverage", cell.shown().coverage());
    json.put("misses_below", cell.shown().shareBelow());
    json.put("misses_above", cell.shown().shareAbove());
    json.put("p_coverage", judged.coverage());
    json.put("p_below", judged.below());
    json.put("p_above", judged.above());
    json.put("refuted", judged.refuted());
    json.put("open_ends", cell.openShare());
    double best = verdict.best(cell.key().regime(), cell.key().budget());
    json.set("width_over_best", number(best == cell.width() ? 1 : cell.width() / best));
    return json;
  }

  private static void key(ObjectNode json, CellKey key) {
    json.put("regime", key.regime());
    json.put("sampler", key.sampler());
    json.put("budget", key.budget());
  }

  private static void misses(ObjectNode json, Misses misses) {
    json.put("runs", misses.runs());
    json.put("below", misses.below());
    json.put("above", misses.above());
  }

  private static void kinds(ObjectNode json, Map<EndKind, Integer> counts) {
    for (EndKind kind : EndKind.values()) {
      json.put(kind.wireName(), counts.getOrDefault(kind, 0));
    }
  }

  /** NaN is null, infinity {@code "inf"}. */
  private static JsonNode number(double value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (Double.isNaN(value)) {
      return nodes.nullNode();
    }
    return Double.isInfinite(value) ? nodes.stringNode("inf") : nodes.numberNode(value);
  }

  /**
   * Reads the cells of figures.
   *
   * @throws IllegalArgumentException if the JSON does not contain figures of this experiment
   */
  static List<CalibrationCell> read(JsonNode figures) {
    List<CalibrationCell> cells = new ArrayList<>();
    for (JsonNode cell : array(figures)) {
      cells.add(cell(cell));
    }
    return cells;
  }

  private static JsonNode array(JsonNode figures) {
    if (!figures.path("cells").isArray()) {
      throw new IllegalArgumentException("has no array \"cells\"");
    }
    return figures.path("cells");
  }

  private static CalibrationCell cell(JsonNode json) {
    var key =
        new CellKey(
            json.path("regime").asString(""),
            json.path("sampler").asString(""),
            count(json, "budget"));
    return new CalibrationCell(
        key,
        json.path("judged").asBoolean(true),
        misses(json),
        json.has("recheck")
            ? java.util.Optional.of(misses(json.path("recheck")))
            : java.util.Optional.empty(),
        count(json, "without_interval"),
        count(json, "open"),
        count(json, "exact"),
        kinds(json.path("low_kinds")),
        kinds(json.path("high_kinds")),
        number(json.path("width")),
        number(json.path("former_ratio")),
        count(json, "former_runs"));
  }

  private static Misses misses(JsonNode json) {
    return new Misses(count(json, "runs"), count(json, "below"), count(json, "above"));
  }

  private static int count(JsonNode json, String field) {
    if (!json.path(field).isIntegralNumber()) {
      throw new IllegalArgumentException("has a cell without the whole number \"" + field + "\"");
    }
    return json.path(field).intValue();
  }

  private static Map<EndKind, Integer> kinds(JsonNode json) {
    Map<EndKind, Integer> counts = new java.util.EnumMap<>(EndKind.class);
    for (EndKind kind : EndKind.values()) {
      int count = count(json, kind.wireName());
      if (count > 0) {
        counts.put(kind, count);
      }
    }
    return counts;
  }

  private static double number(JsonNode json) {
    if (json.isNumber()) {
      return json.doubleValue();
    }
    return json.isString() ? Double.POSITIVE_INFINITY : Double.NaN;
  }
}
