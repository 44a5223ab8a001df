package io.tailwalk.cli.coverage;

import io.tailwalk.cli.ExitCode;
import io.tailwalk.cli.InputException;
import io.tailwalk.cli.Version;
import io.tailwalk.cli.console.Console;
import io.tailwalk.cli.console.Interrupt;
import io.tailwalk.cli.console.Progress;
import io.tailwalk.cli.generate.StudyOptions;
import io.tailwalk.core.Plural;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.coverage.tournament.Race;
import io.tailwalk.coverage.tournament.RaceOptions;
import io.tailwalk.coverage.tournament.RaceStatus;
import io.tailwalk.report.Cell;
import io.tailwalk.report.Column;
import io.tailwalk.report.Prose;
import io.tailwalk.report.ReportPage;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.tables.HostFacts;
import io.tailwalk.tables.ModelStamp;
import io.tailwalk.tables.RunRecord;
import io.tailwalk.tables.SampleOrigin;
import io.tailwalk.tables.scores.GivenResponse;
import io.tailwalk.tables.scores.ResponseGroup;
import io.tailwalk.tables.scores.ResponseReader;
import io.tailwalk.tables.scores.ResponseScorer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A race among models over held-out responses in random order, one a prompt. */
final class RaceStudy {
  private static final int CHECK_EVERY = 8;

  private final Console console;
  private final List<String> words;
  private final RaceFlags flags;
  private final StudyOptions study;

  RaceStudy(Console console, List<String> words, RaceFlags flags, StudyOptions study) {
    this.console = console;
    this.words = words;
    this.flags = flags;
    this.study = study;
  }

  /** Runs the race and shows it. */
  int run(List<Double> factors, TableOptions options) {
    if (factors.size() != 1) {
      throw new InputException("--race decides at one N; give one factor to --n");
    }
    List<ScoredModel> candidates = flags.candidates();
    var settings =
        new RaceOptions(factors.getFirst(), options.delta(), flags.epsilon(), CHECK_EVERY);
    Path data = flags.data();
    List<GivenResponse> rows = onePerPrompt(ResponseReader.read(data), options.seed());
    List<LanguageModel> models = new ArrayList<>();
    try {
      candidates.forEach(candidate -> models.add(candidate.open(flags.flags())));
      RaceStatus status = race(candidates, models, data, rows, settings);
      if (status == null) {
        console.tell("interrupted; nothing is written");
        return ExitCode.FAILED;
      }
      show(candidates, models, rows.size(), settings, options.seed(), status);
      return ExitCode.OK;
    } finally {
      models.forEach(LanguageModel::close);
    }
  }

  /** A random response of every prompt, prompts in random order. */
  private static List<GivenResponse> onePerPrompt(List<GivenResponse> responses, long seed) {
    List<GivenResponse> shuffled = new ArrayList<>(responses);
    Collections.shuffle(shuffled, new SplittableRandom(seed));
    Map<String, GivenResponse> first = new LinkedHashMap<>();
    shuffled.forEach(response -> first.putIfAbsent(response.promptId(), response));
    return List.copyOf(first.values());
  }

  private @org.jspecify.annotations.Nullable RaceStatus race(
      List<ScoredModel> candidates,
      List<LanguageModel> models,
      Path data,
      List<GivenResponse> rows,
      RaceOptions settings) {
    List<ResponseScorer> scorers = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      scorers.add(new ResponseScorer(data, candidates.get(m).name(), models.get(m), flags.end()));
    }
    Race race = new Race(candidates.stream().map(ScoredModel::name).toList(), settings);
    double[] logProbs = new double[scorers.size()];
    try (Interrupt interrupt = Interrupt.listen();
        Progress progress = Progress.steps(console, "race", study.quiet())) {
      for (int r = 0; r < rows.size() && !race.status().isOver(); r++) {
        if (interrupt.requested()) {
          return null;
        }
        ResponseGroup group = ResponseGroup.of(List.of(rows.get(r))).getFirst();
        for (int m = 0; m < logProbs.length; m++) {
          logProbs[m] = race.needs(m) ? sum(scorers.get(m).score(group)) : 0;
        }
        race.add(logProbs);
        progress.at(r + 1, rows.size(), race.status().survivors().size() + " left");
      }
    }
    return race.status();
  }

  private static double sum(ResponseScorer.Scored scored) {
    double sum = 0;
    for (double logProb : scored.scores().getFirst().logProbs()) {
      sum += logProb;
    }
    return Math.min(0.0, sum);
  }

  private void show(
      List<ScoredModel> candidates,
      List<LanguageModel> models,
      int available,
      RaceOptions settings,
      long seed,
      RaceStatus status) {
    List<ModelStamp> stamps = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      stamps.add(new ModelStamp(candidates.get(m).name(), models.get(m).identity().fingerprint()));
    }
    RunRecord record =
        new RunRecord(
            Version.tool(),
            words,
            stamps,
            seed,
            SampleOrigin.settings(Map.of("delta", settings.delta(), "epsilon", settings.epsilon())),
            HostFacts.here());
    long all = (long) available * candidates.size();
    ObjectNode json = json(candidates, available, settings, status, all);
    json.set("run", record.json());
    String verdict = verdict(available, settings, status, all);
    Table table = table(candidates, status);
    var page =
        new ReportPage(
            "Race",
            Plural.of(candidates.size(), "candidate")
                + ", up to "
                + Plural.of(available, "response"),
            List.of(Section.of("Choice", Prose.of(verdict), table)),
            record);
    study.show(console, "select", json, page, List.of(table));
    if (!study.isJson()) {
      console.print(verdict);
    }
  }

  private static ObjectNode json(
      List<ScoredModel> candidates,
      int available,
      RaceOptions settings,
      RaceStatus status,
      long all) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("n", settings.n()).put("winner", status.leader());
    json.put("outcome", status.outcome().name().toLowerCase(Locale.ROOT));
    ArrayNode set = json.putArray("confidence_set");
    status.survivors().forEach(set::add);
    ArrayNode names = json.putArray("models");
    candidates.forEach(candidate -> names.add(candidate.name()));
    json.put("examples", status.examples()).put("examples_available", available);
    json.put("scorings", status.scorings()).put("scorings_saved", all - status.scorings());
    return json;
  }

  private static String verdict(int available, RaceOptions settings, RaceStatus status, long all) {
    String end =
        switch (status.outcome()) {
          case RUNNING ->
              "The responses did not decide; not ruled out: "
                  + String.join(", ", status.survivors())
                  + ", leader "
                  + status.leader()
                  + ".";
          case DECIDED -> "The choice is " + status.leader() + ".";
          case WITHIN_EPSILON ->
              "The choice is %s, shown within %s of the best."
                  .formatted(status.leader(), settings.epsilon());
        };
    return "%s %,d of %s and %,d of %s were used (%.0f%% saved)."
        .formatted(
            end,
            status.examples(),
            Plural.of(available, "response"),
            status.scorings(),
            Plural.of(all, "scoring"),
            100.0 * (all - status.scorings()) / all);
  }

  private static Table table(List<ScoredModel> candidates, RaceStatus status) {
    List<List<Cell>> rows = new ArrayList<>();
    for (ScoredModel candidate : candidates) {
      String name = candidate.name();
      String state =
          name.equals(status.leader())
              ? "leads"
              : status.survivors().contains(name) ? "not ruled out" : "ruled out";
      rows.add(List.of(Cell.of(name), Cell.of(state)));
    }
    return new Table(
        "Where the race ended.",
        List.of(new Column.Text("Candidate"), new Column.Text("State")),
        rows);
  }
}
