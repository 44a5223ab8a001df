package io.tailwalk.lab.ess;

import io.tailwalk.records.Doubles;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class EssFigures {
  private EssFigures() {}

  static ObjectNode json(EssSettings settings, List<CellResult> results, EssVerdict verdict) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("scale", settings.scale().wireName());
    json.put("repeats", settings.repeats());
    json.put("seed", settings.seed());
    json.put("functional", "brackets open at H/2");
    json.put("error_unit", "standard deviations of the target");
    json.put("error_without_completion", 1.0);
    ObjectNode fewer = json.putObject("fewer_nodes");
    fewer.put("holds", verdict.fewerNodesHolds());
    fewer.put("median_speedup", verdict.medianSpeedup());
    fewer.put("median_speedup_low", verdict.medianLow());
    fewer.put("median_speedup_high", verdict.medianHigh());
    fewer.put("median_speedup_ends", "asymptotic");
    fewer.put("least_speedup_moderate_error", verdict.leastSpeedup());
    ObjectNode unbeaten = json.putObject("unbeaten");
    unbeaten.put("holds", verdict.unbeatenHolds());
    unbeaten.put("largest_ratio", verdict.largestRatio());
    ArrayNode notes = json.putArray("summary");
    verdict.summary().forEach(notes::add);
    ArrayNode cells = json.putArray("cells");
    results.forEach(result -> cells.add(cell(result)));
    return json;
  }

  private static ObjectNode cell(CellResult result) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("cell", result.cell().name());
    json.put("length", result.cell().length());
    json.put("error_kind", result.cell().kind());
    json.put("error", result.cell().error());
    json.put("nodes", result.cell().nodes());
    json.put("vgb_form", result.vgb().contender().label());
    json.put("speedup", result.speedup().factor());
    json.put("speedup_bound", result.speedup().bound().name().toLowerCase(Locale.ROOT));
    json.put("ratio_to_best_rival", result.ratioToRival());
    ArrayNode samplers = json.putArray("samplers");
    for (Measurement measured : result.all()) {
      samplers.add(measurement(measured, result.auto()));
    }
    ArrayNode curve = json.putArray("auto_curve");
    for (Measurement point : result.curve()) {
      curve.addObject().put("nodes", point.meanNodes()).put("rmse", point.rawRmse());
    }
    return json;
  }

  private static ObjectNode measurement(Measurement measured, Measurement auto) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sampler", measured.contender().label());
    ObjectNode params = json.putObject("params");
    measured.contender().sampler().params().forEach((name, value) -> params.put(name, "" + value));
    json.put("target_distribution", measured.contender().sampler().targetDistribution().wireName());
    json.set("rmse", Doubles.json(measured.rmse()));
    json.set("rmse_standard_error", Doubles.json(measured.rmseStandardError()));
    json.put("nodes_mean", measured.meanNodes());
    json.put("without_completion", measured.empty());
    json.set("auto_ratio", Doubles.json(auto.ratioTo(measured)));
    json.set("auto_ratio_standard_error", Doubles.json(auto.ratioStandardError(measured)));
    return json;
  }
}
