package io.tailwalk.runs.checkpoints;

import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.profile.ModelProfile;
import io.tailwalk.coverage.tournament.TournamentResult;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.report.coverage.CoverageJson;
import io.tailwalk.report.coverage.CoveragePages;
import io.tailwalk.report.coverage.DifferencePages;
import io.tailwalk.report.coverage.QuantilePages;
import io.tailwalk.runs.work.Provenance;
import io.tailwalk.runs.work.Study;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns results on score tables into studies. */
final class ScoreStudies {
  private static final String NO_REFERENCE =
      "no coverage profile: the tables have no log-probabilities under the true distribution of the"
          + " responses; name a reference column or model, or compare the models by tournament"
          + " (tailwalk select)";

  private ScoreStudies() {}

  static Study profile(
      List<ModelProfile> profiles, ScoreNotes notes, Confidence confidence, List<String> command) {
    RunRecord record = record(confidence, command);
    ObjectNode json = CoverageJson.profile(profiles);
    notes.addTo((ArrayNode) json.get("models"));
    json.set("run", record.json());
    List<Table> tables =
        new ArrayList<>(List.of(CoveragePages.entropies(profiles, notes.accuracies())));
    boolean referenced = !profiles.getFirst().points().isEmpty();
    if (referenced) {
      tables.add(CoveragePages.coverage(profiles));
    }
    List<String> remarks = new ArrayList<>(List.of(CoveragePages.entropyIntervals()));
    if (!profiles.getFirst().quantiles().isEmpty()) {
      tables.add(QuantilePages.table(profiles));
      remarks.add(QuantilePages.remark(profiles, confidence.delta()));
    }
    remarks.addAll(notes.remarks());
    List<String> warnings = new ArrayList<>(notes.warnings());
    if (!referenced) {
      warnings.add(NO_REFERENCE);
    }
    return new Study(
        "profile",
        json,
        CoveragePages.profile(profiles, notes.accuracies(), record),
        tables,
        remarks,
        warnings);
  }

  static Study tournament(
      Contest.Held held,
      boolean power,
      List<OnPolicy.Outcome> offsets,
      Payoff payoff,
      ScoreNotes notes,
      Confidence confidence,
      List<String> command) {
    RunRecord record = record(confidence, command);
    List<TournamentResult> results = held.results();
    ObjectNode json = CoverageJson.select(results);
    notes.addTo(json);
    json.path("results").forEach(result -> notes.addTo((ObjectNode) result));
    List<Section> more = new ArrayList<>();
    List<Table> tables = new ArrayList<>();
    results.forEach(result -> tables.add(CoveragePages.candidates(result, notes.accuracies())));
    held.difference()
        .ifPresent(difference -> {
          json.set("difference", DifferencePages.json(difference, power));
          Table table = DifferencePages.table(difference, power);
          more.add(Section.of("Paired difference", table));
          tables.add(table);
        });
    if (!offsets.isEmpty()) {
      json.set("offset", OnPolicy.json(offsets));
      Table scores = OnPolicy.table(offsets);
      more.add(Section.of("Offset tournament", scores));
      tables.add(scores);
    }
    if (!payoff.isEmpty()) {
      json.set("payoff", payoff.json());
      more.add(payoff.section());
      tables.add(payoff.table());
    }
    json.set("run", record.json());
    List<String> remarks = new ArrayList<>();
    for (TournamentResult result : results) {
      remarks.add("N = " + CoveragePages.factor(result.n()) + ". " + CoveragePages.verdict(result));
    }
    remarks.add(CoveragePages.worstIntervals(results.getFirst()));
    if (held.difference().isPresent()) {
      remarks.add(DifferencePages.DIFFERENCE);
      if (power) {
        remarks.add(DifferencePages.POWER);
      }
    }
    if (!payoff.isEmpty()) {
      remarks.add(payoff.remark(results.getFirst().winner().model()));
    }
    remarks.addAll(notes.remarks());
    return new Study(
        "select",
        json,
        CoveragePages.select(results, more, notes.accuracies(), record),
        tables,
        remarks,
        notes.warnings());
  }

  private static RunRecord record(Confidence confidence, List<String> command) {
    return Provenance.record(
        command, List.of(), confidence.seed(), Map.of("delta", confidence.delta()));
  }
}
