package io.tailwalk.runs.checkpoints;

import io.tailwalk.core.Plural;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.records.Identity;
import io.tailwalk.records.ModelStamp;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.scores.GivenResponse;
import io.tailwalk.records.scores.ResponseGroup;
import io.tailwalk.records.scores.ResponseOptions;
import io.tailwalk.records.scores.ResponseReader.Responses;
import io.tailwalk.runs.models.ModelSettings;
import io.tailwalk.runs.models.Models;
import io.tailwalk.runs.sample.RunIdentity;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.OutputFile;
import io.tailwalk.runs.work.Provenance;
import io.tailwalk.runs.work.RunState;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.verifiers.spec.ModelOpener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scores given responses under models, and writes a score table with its run record. An interrupted
 * or killed run can be resumed.
 *
 * @param data files of responses
 * @param models the scoring models
 * @param recorded column name for the log-likelihoods contained in the rows, if they are to be
 *     stored
 * @param end whether ending counts as part of a response
 * @param perToken whether the table stores the log-probability of every token
 * @param out the table: Parquet, CSV or JSON lines by its extension
 * @param mode what to do if the table already exists
 * @param command the command line, for the record; empty if a program called the library
 */
public record Scoring(
    ResponseFiles data,
    List<ScoredModel> models,
    Optional<String> recorded,
    boolean end,
    boolean perToken,
    Path out,
    IfExists mode,
    List<String> command) {
  /** Keeps immutable copies. */
  public Scoring {
    models = List.copyOf(models);
    command = List.copyOf(command);
    if (models.isEmpty() && recorded.isEmpty()) {
      throw new InputException("no model to score with; name a model");
    }
  }

  /** Scores the responses of one file, read by default. */
  public Scoring(
      Path data,
      List<ScoredModel> models,
      Optional<String> recorded,
      boolean end,
      boolean perToken,
      Path out,
      IfExists mode,
      List<String> command) {
    this(
        new ResponseFiles(List.of(Input.of(data)), ResponseOptions.DEFAULT),
        models,
        recorded,
        end,
        perToken,
        out,
        mode,
        command);
  }

  /** Scores the responses of a file under one model, into a table that does not exist yet. */
  public static Scoring of(Path data, String model, Path out) {
    return new Scoring(
        new ResponseFiles(List.of(Input.of(data)), ResponseOptions.DEFAULT),
        ScoredModel.parse(List.of(model)),
        Optional.empty(),
        false,
        false,
        out,
        IfExists.REFUSE,
        List.of());
  }

  /**
   * The outcome of a run.
   *
   * @param state state of the run
   * @param done number of groups of responses, each under one model, that are safely on disk
   * @param groups total number of such groups
   * @param responses number of responses in the data
   * @param usage use of the models
   * @param remarks how the responses were read, where a user must know
   */
  public record Outcome(
      RunState state, int done, int groups, int responses, ModelUsage usage, List<String> remarks) {
    /** Keeps an immutable copy. */
    public Outcome {
      remarks = List.copyOf(remarks);
    }

    /** The number of groups done, in a few words. */
    public String progress() {
      return "%d of %s of responses".formatted(done, Plural.of(groups, "group"));
    }
  }

  /** Number of models in the table. */
  private int columns() {
    return models.size() + (recorded.isPresent() ? 1 : 0);
  }

  /** The counts of a complete run in one line. */
  public String summary(Outcome outcome) {
    ModelUsage usage = outcome.usage();
    return "%s under %s; the model read %s and %s in %s"
        .formatted(
            Plural.of(outcome.responses(), "response"),
            Plural.of(columns(), "model"),
            Plural.of(usage.promptTokens(), "prompt token"),
            Plural.of(usage.modelTokens(), "response token"),
            Plural.of(usage.modelCalls(), "model call"));
  }

  /**
   * Scores the remaining responses under models opened by their names, embedded models on the
   * threads of the settings.
   */
  public Outcome run(ModelSettings settings, Watch watch) {
    models.forEach(model -> Models.check(model.model(), settings));
    Map<String, Object> rate = new LinkedHashMap<>();
    settings.testTimeRate().ifPresent(value -> rate.put("test_time_training", value));
    return run(name -> Models.open(name, settings), settings.threads(), watch, rate);
  }

  /**
   * Scores the remaining responses.
   *
   * @param opener opens the models
   * @param threads number of prompts at a time for embedded models
   * @throws InputException if the table exists, or was written by a different run
   * @throws TableException if the data cannot be read
   */
  public Outcome run(ModelOpener opener, int threads, Watch watch) {
    return run(opener, threads, watch, Map.of());
  }

  private Outcome run(
      ModelOpener opener, int threads, Watch watch, Map<String, Object> modelSettings) {
    OutputFile.check(out, mode);
    OutputFile.refuseInputs(out, data.inputs());
    Responses given = data.read(recorded.isPresent());
    List<GivenResponse> responses = given.responses();
    if (responses.isEmpty()) {
      throw new InputException("there are no responses; give at least one row");
    }
    if (recorded.isPresent()) {
      responses.forEach(Scoring::requireRecorded);
    }
    List<ResponseGroup> groups = ResponseGroup.of(responses);
    List<String> remarks = new ArrayList<>(given.remarks());
    List<ModelIdentity> opened = identities(opener);
    for (int i = 0; i < opened.size(); i++) {
      String device = opened.get(i).engine().get("device");
      if (device != null) {
        remarks.add(models.get(i).name() + " is computed with " + device);
      }
    }
    Identity run = identity(opened, responses);
    int all = groups.size() * columns();
    if (mode == IfExists.RESUME
        && OutputFile.isFinished(
            out, run, () -> OutputFile.Recorded.read(OutputFile.record(out)))) {
      return new Outcome(
          RunState.WAS_FINISHED, all, all, responses.size(), ModelUsage.NONE, remarks);
    }
    try (ScoreFile file = ScoreFile.open(out, run, mode, perToken)) {
      var work = new ScoreRun(groups, end, opener, threads, file, watch);
      boolean complete = work.score(models, recorded.orElse(null));
      remarks.addAll(work.remarks());
      if (!complete) {
        return new Outcome(
            RunState.UNFINISHED, file.done(), all, responses.size(), work.usage(), remarks);
      }
      Map<String, Object> params = new LinkedHashMap<>(modelSettings);
      params.put("end", end);
      params.put("per_token", perToken);
      models.forEach(model -> params.putAll(model.truncation().params()));
      file.finish(Provenance.record(command, stamps(opened), 0, params), work.servers());
      return new Outcome(RunState.FINISHED, all, all, responses.size(), work.usage(), remarks);
    }
  }

  private static void requireRecorded(GivenResponse response) {
    if (response.recorded().isEmpty()) {
      throw TableException.at(
          response.file(),
          response.row(),
          "no log-likelihood is recorded",
          "sample logs of lm-evaluation-harness contain one, and rows with log_prob or log_probs");
    }
  }

  /** Opens every model once, so that an invalid model is detected before the work starts. */
  private List<ModelIdentity> identities(ModelOpener opener) {
    List<ModelIdentity> identities = new ArrayList<>();
    for (ScoredModel scorer : models) {
      try (LanguageModel model = scorer.open(opener)) {
        identities.add(model.identity());
      }
    }
    return identities;
  }

  private List<ModelStamp> stamps(List<ModelIdentity> opened) {
    List<ModelStamp> stamps = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      stamps.add(new ModelStamp(models.get(i).name(), opened.get(i).fingerprint()));
    }
    return stamps;
  }

  private Identity identity(List<ModelIdentity> opened, List<GivenResponse> responses) {
    List<String> names = models.stream().map(ScoredModel::name).toList();
    Identity run =
        RunIdentity.ofProgram()
            .with("list of models", names)
            .with("name of the recorded model", recorded.orElse(""))
            .with("setting end", Boolean.toString(end))
            .with("setting per_token", Boolean.toString(perToken))
            .with("data", responses.stream().map(GivenResponse::toString).toList());
    for (int i = 0; i < models.size(); i++) {
      String name = names.get(i);
      run =
          run.withHash("model " + name, opened.get(i).fingerprint())
              .with("temperature of " + name, Double.toString(models.get(i).temperature()));
      for (Map.Entry<String, String> part : opened.get(i).engine().entrySet()) {
        run = run.withHash(part.getKey() + " of " + name, part.getValue());
      }
    }
    return run;
  }
}
