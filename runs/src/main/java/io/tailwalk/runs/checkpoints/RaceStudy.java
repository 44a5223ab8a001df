package io.tailwalk.runs.checkpoints;

import io.tailwalk.core.Plural;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.coverage.tournament.Race;
import io.tailwalk.coverage.tournament.RaceOptions;
import io.tailwalk.coverage.tournament.RaceStatus;
import io.tailwalk.records.Json;
import io.tailwalk.records.ModelStamp;
import io.tailwalk.records.RunRecord;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.scores.GivenResponse;
import io.tailwalk.records.scores.ResponseGroup;
import io.tailwalk.records.scores.ResponseOptions;
import io.tailwalk.records.scores.ResponseReader.Responses;
import io.tailwalk.records.scores.ResponseScorer;
import io.tailwalk.report.Printable;
import io.tailwalk.report.Prose;
import io.tailwalk.report.ReportPage;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.runs.models.ModelSettings;
import io.tailwalk.runs.models.Models;
import io.tailwalk.runs.work.Provenance;
import io.tailwalk.runs.work.Study;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.verifiers.spec.ModelOpener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * A race among models over held-out responses in random order, one response per prompt.
 *
 * @param candidates names of the models
 * @param stamps identities of the models
 * @param available number of available responses
 * @param settings settings of the race
 * @param status status at the end of the race
 * @param remarks how the responses were read, where a user must know
 */
public record RaceStudy(
    List<String> candidates,
    List<ModelStamp> stamps,
    int available,
    RaceOptions settings,
    RaceStatus status,
    List<String> remarks) {
  private static final int CHECK_EVERY = 8;

  /** Keeps immutable copies. */
  public RaceStudy {
    candidates = List.copyOf(candidates);
    stamps = List.copyOf(stamps);
    remarks = List.copyOf(remarks);
  }

  /**
   * The data and settings of a race.
   *
   * @param data files of held-out responses
   * @param end whether ending counts as part of a response
   * @param n the factor N
   * @param delta error probability
   * @param epsilon the race also stops when the leader is shown to be within this distance of the
   *     best
   * @param seed seed of the order of the responses
   */
  public record Course(
      ResponseFiles data, boolean end, double n, double delta, double epsilon, long seed) {
    /** A race on the responses of one file, read by default. */
    public Course(Path data, boolean end, double n, double delta, double epsilon, long seed) {
      this(
          new ResponseFiles(List.of(Input.of(data)), ResponseOptions.DEFAULT),
          end,
          n,
          delta,
          epsilon,
          seed);
    }
  }

  /**
   * Runs a race.
   *
   * @throws CancellationException if the race was cancelled
   */
  public static RaceStudy run(
      List<ScoredModel> candidates, ModelOpener opener, Course course, Watch watch) {
    var settings = new RaceOptions(course.n(), course.delta(), course.epsilon(), CHECK_EVERY);
    Responses given = course.data().read(false);
    List<GivenResponse> rows = onePerPrompt(given.responses(), course.seed());
    List<LanguageModel> models = new ArrayList<>();
    try {
      candidates.forEach(candidate -> models.add(candidate.open(opener)));
      List<ModelStamp> stamps = new ArrayList<>();
      for (int m = 0; m < models.size(); m++) {
        stamps.add(
            new ModelStamp(candidates.get(m).name(), models.get(m).identity().fingerprint()));
      }
      List<String> remarks = new ArrayList<>(given.remarks());
      RaceStatus status = race(candidates, models, course, rows, settings, watch, remarks);
      List<String> names = candidates.stream().map(ScoredModel::name).toList();
      return new RaceStudy(names, stamps, rows.size(), settings, status, remarks);
    } finally {
      models.forEach(LanguageModel::close);
    }
  }

  /** Runs a race among models opened by their names. */
  public static RaceStudy run(
      List<ScoredModel> candidates, ModelSettings settings, Course course, Watch watch) {
    return run(candidates, name -> Models.open(name, settings), course, watch);
  }

  /**
   * Returns the race as a study.
   *
   * @param command the command line, for the record; empty if a program called the library
   * @param seed seed of the order of the responses
   */
  public Study study(List<String> command, long seed) {
    RunRecord record = Provenance.record(command, stamps, seed, params());
    return new Study("select", json(record), page(record), List.of(table()), List.of(verdict()));
  }

  /** One random response of every prompt, with the prompts in random order. */
  private static List<GivenResponse> onePerPrompt(List<GivenResponse> responses, long seed) {
    List<GivenResponse> shuffled = new ArrayList<>(responses);
    Collections.shuffle(shuffled, new SplittableRandom(seed));
    Map<String, GivenResponse> first = new LinkedHashMap<>();
    shuffled.forEach(response -> first.putIfAbsent(response.promptId(), response));
    return List.copyOf(first.values());
  }

  private static RaceStatus race(
      List<ScoredModel> candidates,
      List<LanguageModel> models,
      Course course,
      List<GivenResponse> rows,
      RaceOptions settings,
      Watch watch,
      List<String> remarks) {
    List<ResponseScorer> scorers = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      scorers.add(new ResponseScorer(candidates.get(m).name(), models.get(m), course.end()));
    }
    Race race = new Race(candidates.stream().map(ScoredModel::name).toList(), settings);
    double[] logProbs = new double[scorers.size()];
    for (int r = 0; r < rows.size() && !race.status().isOver(); r++) {
      watch.check();
      ResponseGroup group = ResponseGroup.of(List.of(rows.get(r))).getFirst();
      for (int m = 0; m < logProbs.length; m++) {
        logProbs[m] = race.needs(m) ? sum(scorers.get(m).score(group)) : 0;
      }
      race.add(logProbs);
      watch.at(r + 1, rows.size(), race.status().survivors().size() + " left");
    }
    remarks.addAll(
        ResponseScorer.remarks(scorers.stream().mapToLong(ResponseScorer::moved).max().orElse(0)));
    return race.status();
  }

  private static double sum(ResponseScorer.Scored scored) {
    double sum = 0;
    for (double logProb : scored.scores().getFirst().logProbs()) {
      sum += logProb;
    }
    return Math.min(0.0, sum);
  }

  /** The page. */
  public ReportPage page(RunRecord record) {
    return new ReportPage(
        "Race",
        Plural.of(candidates.size(), "candidate") + ", up to " + Plural.of(available, "response"),
        List.of(Section.of("Choice", Prose.of(verdict()), table())),
        record);
  }

  /** The settings that determine the result. */
  public Map<String, Object> params() {
    return Map.of("delta", settings.delta(), "epsilon", settings.epsilon());
  }

  private long allScorings() {
    return (long) available * candidates.size();
  }

  /** The figures. */
  public ObjectNode json(RunRecord record) {
    return Json.of(
        new Form(
            settings.n(),
            status.leader(),
            status.outcome().name().toLowerCase(Locale.ROOT),
            status.survivors(),
            candidates,
            status.examples(),
            available,
            status.scorings(),
            allScorings() - status.scorings(),
            record));
  }

  private record Form(
      double n,
      String winner,
      String outcome,
      List<String> confidenceSet,
      List<String> models,
      long examples,
      int examplesAvailable,
      long scorings,
      long scoringsSaved,
      RunRecord run) {}

  /** The result in two sentences. */
  public String verdict() {
    String end =
        switch (status.outcome()) {
          case RUNNING ->
              "The responses did not decide the race; not ruled out: "
                  + status.survivors().stream()
                      .map(Printable::name)
                      .collect(Collectors.joining(", "))
                  + ", leader "
                  + Printable.name(status.leader())
                  + ".";
          case DECIDED -> "The choice is " + Printable.name(status.leader()) + ".";
          case WITHIN_EPSILON ->
              "The choice is %s, shown within %s of the best."
                  .formatted(Printable.name(status.leader()), settings.epsilon());
        };
    return "%s %,d of %s and %,d of %s were used (%.0f%% saved)."
        .formatted(
            end,
            status.examples(),
            Plural.of(available, "response"),
            status.scorings(),
            Plural.of(allScorings(), "scoring"),
            100.0 * (allScorings() - status.scorings()) / allScorings());
  }

  /** The table of the race, one row per candidate. */
  public Table table() {
    return Table.of("Result of the race.", candidates)
        .text("Candidate", name -> name)
        .text("State", this::state)
        .build();
  }

  private String state(String candidate) {
    if (candidate.equals(status.leader())) {
      return "leads";
    }
    return status.survivors().contains(candidate) ? "not ruled out" : "ruled out";
  }
}
