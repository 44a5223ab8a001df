package io.tailwalk.runs.checkpoints;

import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.tournament.OffsetTournament;
import io.tailwalk.coverage.tournament.TournamentResult;
import io.tailwalk.records.Json;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Table;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.tables.scores.Reference;
import io.tailwalk.tables.scores.ScoreFiles;
import io.tailwalk.tables.scores.ScoreTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The offset tournament, computed from tables of the candidates' own generations. */
public final class OnPolicy {
  private OnPolicy() {}

  /**
   * The choice of the offset tournament at one N.
   *
   * @param n the factor N
   * @param models the candidates
   * @param choice the choice with its scores
   */
  public record Outcome(double n, List<String> models, OffsetTournament.Choice choice) {}

  /**
   * Runs the offset tournament at every N of the results.
   *
   * @param reading how the tables are read
   * @param files score tables of the candidates' own generations, by candidate
   * @param a the exponent of the offset
   */
  public static List<Outcome> hold(
      ScoreFiles reading,
      Map<String, String> files,
      List<String> models,
      NGrid grid,
      List<TournamentResult> results,
      double a) {
    var tournament = new OffsetTournament(models, grid);
    for (Map.Entry<String, String> file : files.entrySet()) {
      int generator = models.indexOf(file.getKey());
      if (generator < 0) {
        throw InputException.about(
            "on-policy",
            file.getKey() + ": unknown candidate; the table has " + String.join(", ", models));
      }
      add(reading, tournament, generator, file.getValue(), models);
    }
    for (String model : models) {
      if (!files.containsKey(model)) {
        throw InputException.about(
            "on-policy", "no generations from " + model + "; give one table for every candidate");
      }
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (TournamentResult result : results) {
      int index = 0;
      while (grid.n(index) != result.n()) {
        index++;
      }
      outcomes.add(new Outcome(result.n(), models, tournament.choose(index, result, a)));
    }
    return outcomes;
  }

  private static void add(
      ScoreFiles reading,
      OffsetTournament tournament,
      int generator,
      String file,
      List<String> models) {
    try (ScoreTable table =
        ScoreTable.open(reading.named(List.of(file)), new Reference.IfPresent())) {
      if (!table.models().equals(models)) {
        throw new InputException(
            "%s has scores under %s, the held-out table under %s; score the generations under the same models"
                .formatted(file, String.join(", ", table.models()), String.join(", ", models)));
      }
      table.forEach(row -> tournament.add(generator, row.logProbs()));
    } catch (CoverageException e) {
      throw new InputException(file + ": " + e.getMessage(), e);
    }
  }

  /** The outcomes as JSON, one object for each N. */
  public static ArrayNode json(List<Outcome> outcomes) {
    record Form(double n, String winner, double gamma, boolean guaranteed, List<Double> scores) {}
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Outcome outcome : outcomes) {
      OffsetTournament.Choice choice = outcome.choice();
      json.add(
          Json.of(
              new Form(
                  outcome.n(),
                  choice.winner(),
                  choice.gamma(),
                  choice.guaranteed(),
                  choice.scores())));
    }
    return json;
  }

  /** The outcomes as a table, one row for each N and candidate. */
  public static Table table(List<Outcome> outcomes) {
    record Row(Outcome outcome, String model, double score) {}
    List<Row> rows = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      for (int i = 0; i < outcome.models().size(); i++) {
        rows.add(new Row(outcome, outcome.models().get(i), outcome.choice().scores().get(i)));
      }
    }
    return Table.of(
            "Offset tournament: max C_N(j||i) minus 2 gamma times the same share among i's own"
                + " generations; smaller is better.",
            rows)
        .number("N", NumberStyle.significant(4), row -> row.outcome().n())
        .text("Candidate", Row::model)
        .number("Score", NumberStyle.fixed(4), Row::score)
        .text("Choice", row -> row.model().equals(row.outcome().choice().winner()) ? "chosen" : "")
        .text("N >= 8 gamma^2", row -> row.outcome().choice().guaranteed() ? "yes" : "no")
        .build();
  }
}
