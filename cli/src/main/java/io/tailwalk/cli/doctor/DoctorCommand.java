package io.tailwalk.cli.doctor;

import io.tailwalk.cli.ExitCode;
import io.tailwalk.cli.console.Console;
import io.tailwalk.cli.models.ModelOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.probe.ModelProbe;
import io.tailwalk.core.probe.ProbeReport;
import io.tailwalk.core.probe.ProbeResult;
import io.tailwalk.core.probe.ProbeSettings;
import io.tailwalk.records.Doubles;
import io.tailwalk.records.JsonText;
import io.tailwalk.report.Cell;
import io.tailwalk.report.Column;
import io.tailwalk.report.ConsoleTable;
import io.tailwalk.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Measures, rather than claims, what a model can do. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measure what a model can do: whole laws, forks, rollback, rounding, speed. Exit code 1"
            + " where exact results are impossible.")
public final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final ModelOptions modelOptions = new ModelOptions();

  @Option(names = "--json", description = "One JSON object on stdout.")
  private boolean json;

  /** Shows on the given console. */
  public DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (LanguageModel model = modelOptions.open()) {
      ProbeReport report = ModelProbe.run(model, ProbeSettings.of(System::nanoTime));
      if (json) {
        console.data(JsonText.line(json(model, report)));
      } else {
        show(model, report);
      }
      return report.exactnessPossible() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private void show(LanguageModel model, ProbeReport report) {
    console.print(model.identity().name() + ": " + model.identity().description());
    console.print("");
    List<List<Cell>> rows = new ArrayList<>();
    for (ProbeResult result : report.results()) {
      rows.add(
          List.of(
              Cell.of(result.check()),
              Cell.of(result.outcome().name().toLowerCase(Locale.ROOT)),
              Cell.of(result.measured())));
    }
    List<Column> columns =
        List.of(new Column.Text("check"), new Column.Text(""), new Column.Text("measured"));
    Table table = new Table("Checks", columns, rows);
    console.out().print(ConsoleTable.render(table, Integer.MAX_VALUE, console.outIsTerminal()));
    console.print("");
    for (ProbeResult result : report.results()) {
      console.print(result.check() + ": " + result.meaning());
    }
    console.print("");
    console.print(
        report.exactnessPossible()
            ? "Exact sampling is possible with this model."
            : "Exact sampling is impossible with this model: see the checks that failed.");
  }

  private static ObjectNode json(LanguageModel model, ProbeReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", model.identity().name());
    json.put("description", model.identity().description());
    json.put("hash", model.identity().fingerprint());
    json.put("exactness_possible", report.exactnessPossible());
    json.set("band_nats", Doubles.json(report.band()));
    json.set("band_total_variation", Doubles.json(report.totalVariation()));
    ArrayNode checks = json.putArray("checks");
    for (ProbeResult result : report.results()) {
      checks
          .addObject()
          .put("check", result.check())
          .put("outcome", result.outcome().name().toLowerCase(Locale.ROOT))
          .put("measured", result.measured())
          .put("meaning", result.meaning());
    }
    return json;
  }
}
