package io.tailwalk.runs.checkpoints;

import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.profile.ModelProfile;
import io.tailwalk.coverage.tournament.TournamentResult;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.report.coverage.CoverageJson;
import io.tailwalk.report.coverage.CoveragePages;
import io.tailwalk.runs.work.Provenance;
import io.tailwalk.runs.work.Study;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Turns results on score tables into studies. */
final class ScoreStudies {
  private static final String NO_REFERENCE =
      "no coverage profile: the tables have no log-probabilities under the true distribution of the"
          + " responses; name a reference column or model, or compare the models by tournament"
          + " (tailwalk select)";

  private ScoreStudies() {}

  static Study profile(List<ModelProfile> profiles, Confidence confidence, List<String> command) {
    RunRecord record = record(confidence, command);
    ObjectNode json = CoverageJson.profile(profiles);
    json.set("run", record.json());
    List<Table> tables = new ArrayList<>(List.of(CoveragePages.entropies(profiles)));
    boolean referenced = !profiles.getFirst().points().isEmpty();
    if (referenced) {
      tables.add(CoveragePages.coverage(profiles));
    }
    return new Study(
        "profile",
        json,
        CoveragePages.profile(profiles, record),
        tables,
        List.of(CoveragePages.entropyIntervals()),
        referenced ? List.of() : List.of(NO_REFERENCE));
  }

  static Study tournament(
      List<TournamentResult> results,
      List<OnPolicy.Outcome> offsets,
      Confidence confidence,
      List<String> command) {
    RunRecord record = record(confidence, command);
    ObjectNode json = CoverageJson.select(results);
    List<Section> more = new ArrayList<>();
    List<Table> tables = new ArrayList<>();
    results.forEach(result -> tables.add(CoveragePages.candidates(result)));
    if (!offsets.isEmpty()) {
      json.set("offset", OnPolicy.json(offsets));
      Table scores = OnPolicy.table(offsets);
      more.add(Section.of("Offset tournament", scores));
      tables.add(scores);
    }
    json.set("run", record.json());
    List<String> remarks = new ArrayList<>();
    for (TournamentResult result : results) {
      remarks.add("N = " + CoveragePages.factor(result.n()) + ". " + CoveragePages.verdict(result));
    }
    remarks.add(CoveragePages.worstIntervals(results.getFirst()));
    return new Study("select", json, CoveragePages.select(results, more, record), tables, remarks);
  }

  private static RunRecord record(Confidence confidence, List<String> command) {
    return Provenance.record(
        command, List.of(), confidence.seed(), Map.of("delta", confidence.delta()));
  }
}
