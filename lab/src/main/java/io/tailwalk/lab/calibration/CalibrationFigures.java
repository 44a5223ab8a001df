package io.tailwalk.lab.calibration;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.lab.Finding;
import io.tailwalk.records.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
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
    return Json.of(
        new Form(
            header,
            new Holds(verdict.coverageHolds(), verdict.openHolds(), verdict.widthHolds()),
            verdict.summary(),
            cells,
            verdict.judged().stream().map(judged -> JudgedForm.of(judged, verdict)).toList()));
  }

  private record Form(
      @JsonUnwrapped CalibrationHeader header,
      Holds holds,
      List<String> summary,
      List<CalibrationCell> cells,
      List<JudgedForm> judged) {}

  private record Holds(boolean coverage, boolean openEnds, boolean width) {}

  private record JudgedForm(
      @JsonUnwrapped CellKey key,
      double coverage,
      double missesBelow,
      double missesAbove,
      double pCoverage,
      double pBelow,
      double pAbove,
      boolean refuted,
      double openEnds,
      double widthOverBest) {
    static JudgedForm of(CalibrationVerdict.Judged judged, CalibrationVerdict verdict) {
      CalibrationCell cell = judged.cell();
      double best = verdict.best(cell.key().regime(), cell.key().budget());
      return new JudgedForm(
          cell.key(),
          cell.shown().coverage(),
          cell.shown().shareBelow(),
          cell.shown().shareAbove(),
          judged.coverage(),
          judged.below(),
          judged.above(),
          judged.refuted(),
          cell.openShare(),
          best == cell.width() ? 1 : cell.width() / best);
    }
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
        json.has("recheck") ? Optional.of(misses(json.path("recheck"))) : Optional.empty(),
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
    Map<EndKind, Integer> counts = new EnumMap<>(EndKind.class);
    for (EndKind kind : EndKind.values()) {
      counts.put(kind, count(json, kind.wireName()));
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
