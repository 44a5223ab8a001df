package io.tailwalk.runs.models;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.NoNextTokenException;
import io.tailwalk.core.probe.ModelProbe;
import io.tailwalk.core.probe.ProbeReport;
import io.tailwalk.core.probe.ProbeResult;
import io.tailwalk.core.probe.ProbeSettings;
import io.tailwalk.records.Doubles;
import io.tailwalk.records.JsonText;
import io.tailwalk.report.ConsoleTable;
import io.tailwalk.report.Table;
import io.tailwalk.runs.work.RunException;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measured capabilities of a model.
 *
 * @param model the measured model
 * @param report the results
 */
public record ModelCheck(ModelIdentity model, ProbeReport report) {

  /** Measures an open model. */
  public static ModelCheck of(LanguageModel model) {
    return new ModelCheck(
        model.identity(), ModelProbe.run(model, ProbeSettings.of(System::nanoTime)));
  }

  /**
   * Opens a model, measures it and closes it.
   *
   * @throws RunException if the model has no distribution of the next token
   */
  public static ModelCheck of(String name, ModelSettings settings) {
    try (LanguageModel model = Models.open(name, settings)) {
      return of(model);
    } catch (NoNextTokenException e) {
      throw new RunException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether exact sampling is possible with this model. */
  public boolean exactnessPossible() {
    return report.exactnessPossible();
  }

  /**
   * The checks as text.
   *
   * @param styled whether terminal escapes may be used
   */
  public String text(boolean styled) {
    var text = new StringBuilder(model.name() + ": " + model.description() + "\n\n");
    Table table =
        Table.of("Checks", report.results())
            .text("check", ProbeResult::check)
            .text("", ModelCheck::outcome)
            .text("measured", ProbeResult::measured)
            .build();
    text.append(ConsoleTable.render(table, Integer.MAX_VALUE, styled)).append('\n');
    for (ProbeResult result : report.results()) {
      text.append(result.check()).append(": ").append(result.meaning()).append('\n');
    }
    return text.append('\n')
        .append(
            exactnessPossible()
                ? "Exact sampling is possible with this model."
                : "Exact sampling is impossible with this model: see the checks that failed.")
        .append('\n')
        .toString();
  }

  /** The checks as one line of JSON. */
  public String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", model.name());
    json.put("description", model.description());
    json.put("hash", model.fingerprint());
    json.put("exactness_possible", exactnessPossible());
    json.set("band_nats", Doubles.json(report.band()));
    json.set("band_total_variation", Doubles.json(report.totalVariation()));
    ArrayNode checks = json.putArray("checks");
    for (ProbeResult result : report.results()) {
      checks
          .addObject()
          .put("check", result.check())
          .put("outcome", outcome(result))
          .put("measured", result.measured())
          .put("meaning", result.meaning());
    }
    return JsonText.line(json);
  }

  private static String outcome(ProbeResult result) {
    return result.outcome().name().toLowerCase(Locale.ROOT);
  }
}
