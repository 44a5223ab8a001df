package io.tailwalk.runs.verify;

import io.tailwalk.core.Plural;
import io.tailwalk.core.verify.ReasoningTags;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.records.GroupJournal;
import io.tailwalk.records.Identity;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.scores.GivenResponse;
import io.tailwalk.records.scores.ResponseOptions;
import io.tailwalk.records.scores.ResponseReader;
import io.tailwalk.records.scores.ResponseReader.Responses;
import io.tailwalk.runs.sample.RunIdentity;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.OutputFile;
import io.tailwalk.runs.work.Provenance;
import io.tailwalk.runs.work.RunState;
import io.tailwalk.runs.work.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * Judges the responses in files with a verifier, and writes one JSON line for each: {@code id},
 * {@code reward}, {@code passed}, {@code reason}. An interrupted or killed run can be resumed.
 *
 * @param inputs files of responses, with or without their prompts
 * @param spec the verifier; {@code @field} is a field of the response's own row
 * @param threshold the smallest reward that passes
 * @param reasoning tags of a reasoning that texts begin with and that is not judged; empty if they
 *     have none
 * @param command the command line, for the record; empty if a program called the library
 */
public record Verification(
    List<Input> inputs,
    String spec,
    double threshold,
    Optional<ReasoningTags> reasoning,
    List<String> command) {
  private static final ResponseOptions READING = ResponseOptions.DEFAULT.withoutPrompts();

  /** Responses that are judged and stored at a time. */
  private static final int GROUP = 32;

  /** Keeps an immutable copy. */
  public Verification {
    inputs = List.copyOf(inputs);
    command = List.copyOf(command);
  }

  /**
   * The outcome of a run.
   *
   * @param state state of the run
   * @param done number of responses that have been judged, also by the run that is resumed
   * @param responses number of responses
   * @param passed number of responses judged by this run that pass
   * @param judged number of responses judged by this run
   * @param meanReward mean reward of these; NaN if there is none
   * @param remarks how the responses were read, where a user must know
   */
  public record Outcome(
      RunState state,
      int done,
      int responses,
      int passed,
      int judged,
      double meanReward,
      List<String> remarks) {
    /** Keeps an immutable copy. */
    public Outcome {
      remarks = List.copyOf(remarks);
    }

    /** What this run has judged, in one line. */
    public String summary() {
      return String.format(
          Locale.ROOT,
          "%,d of %s pass (%.1f%%); mean reward %.4g",
          passed,
          Plural.of(judged, "response"),
          100.0 * passed / judged,
          meanReward);
    }

    /** How far an interrupted run has come, in a few words. */
    public String progress() {
      return "%d of %s are judged".formatted(done, Plural.of(responses, "response"));
    }
  }

  /** Counts what was judged. */
  private static final class Tally {
    private int judged;
    private int passed;
    private double rewards;

    void add(Judgement judgement) {
      judged++;
      passed += judgement.passed() ? 1 : 0;
      rewards += judgement.reward();
    }
  }

  /**
   * Judges all responses and hands each verdict over, in the order of the files.
   *
   * @throws InputException if the verifier is invalid or there is no response
   * @throws TableException if a file cannot be read
   * @throws CancellationException if the watch ends the work
   */
  public Outcome each(Consumer<Judgement> verdicts, Watch watch) {
    var fields = new ResponseFields(inputs);
    try (Judge judge = open(fields)) {
      Responses given = given();
      List<GivenResponse> responses = given.responses();
      var tally = new Tally();
      for (int from = 0; from < responses.size(); from += GROUP) {
        watch.step(from, responses.size(), "");
        for (Judgement judgement : judged(judge, fields, part(responses, from))) {
          tally.add(judgement);
          verdicts.accept(judgement);
        }
      }
      return outcome(RunState.FINISHED, responses.size(), given, tally);
    }
  }

  /**
   * Judges the remaining responses and writes the verdicts to a file of JSON lines.
   *
   * @param out the file; a stream gets the lines as they come
   * @param mode what to do if it exists
   * @throws InputException if the verifier is invalid, there is no response, or the file exists or
   *     is that of another run
   * @throws TableException if a file cannot be read or written
   */
  public Outcome write(Path out, IfExists mode, Watch watch) {
    OutputFile.check(out, mode);
    OutputFile.refuseInputs(out, inputs);
    var fields = new ResponseFields(inputs);
    try (Judge judge = open(fields)) {
      Responses given = given();
      Identity run = identity(judge, given.responses());
      int all = given.responses().size();
      if (mode == IfExists.RESUME
          && OutputFile.isFinished(
              out, run, () -> OutputFile.Recorded.read(OutputFile.record(out)))) {
        return outcome(RunState.WAS_FINISHED, all, given, new Tally());
      }
      if (mode == IfExists.OVERWRITE) {
        GroupJournal.discard(out);
      }
      try (GroupJournal journal = GroupJournal.openLines(out, run, mode == IfExists.RESUME)) {
        Outcome outcome = write(judge, fields, given, journal, watch);
        if (outcome.state() == RunState.FINISHED) {
          Map<String, Object> params = new LinkedHashMap<>();
          params.put("verifier", spec);
          params.put("threshold", threshold);
          reasoning.ifPresent(tags -> params.put("reasoning", tags.toString()));
          OutputFile.writeRecord(out, run, Provenance.record(command, List.of(), 0, params));
          journal.finish();
        }
        return outcome;
      }
    }
  }

  private Outcome write(
      Judge judge, ResponseFields fields, Responses given, GroupJournal journal, Watch watch) {
    List<GivenResponse> responses = given.responses();
    var tally = new Tally();
    for (int from = 0; from < responses.size(); from += GROUP) {
      List<GivenResponse> part = part(responses, from);
      long group = from / GROUP;
      if (journal.isDone(group)) {
        continue;
      }
      if (!watch.at(from, responses.size(), "") || watch.cancelled()) {
        int done = Math.min(responses.size(), journal.count() * GROUP);
        return outcome(RunState.UNFINISHED, done, given, tally);
      }
      List<Judgement> judgements = judged(judge, fields, part);
      judgements.forEach(tally::add);
      journal.append(group, judgements.stream().map(Judgement::line).toList());
    }
    return outcome(RunState.FINISHED, responses.size(), given, tally);
  }

  private Judge open(ResponseFields fields) {
    Judge judge = Judge.open(spec, fields, threshold);
    return reasoning.map(judge::after).orElse(judge);
  }

  private static Outcome outcome(RunState state, int done, Responses given, Tally tally) {
    return new Outcome(
        state,
        done,
        given.responses().size(),
        tally.passed,
        tally.judged,
        tally.rewards / tally.judged,
        given.remarks());
  }

  private Responses given() {
    Responses given = ResponseReader.read(inputs, READING);
    if (given.responses().isEmpty()) {
      throw new InputException("there are no responses; give at least one row");
    }
    return given;
  }

  private static List<GivenResponse> part(List<GivenResponse> responses, int from) {
    return responses.subList(from, Math.min(responses.size(), from + GROUP));
  }

  private static List<Judgement> judged(
      Judge judge, ResponseFields fields, List<GivenResponse> part) {
    List<Judge.Given> texts = part.stream().map(Verification::text).toList();
    if (!fields.areRead()) {
      return judge.of(texts);
    }
    List<Judgement> judgements = new ArrayList<>();
    for (int i = 0; i < part.size(); i++) {
      fields.at(part.get(i));
      judgements.addAll(judged(judge, part.get(i), texts.get(i)));
    }
    return judgements;
  }

  /** A verifier that cannot use a field of the row says so in an exception about an argument. */
  private static List<Judgement> judged(Judge judge, GivenResponse response, Judge.Given text) {
    try {
      return judge.of(List.of(text));
    } catch (VerifierException e) {
      if (e.getCause() instanceof IllegalArgumentException) {
        String place = response.file() + ", row " + response.row() + ": ";
        throw new InputException(place + e.getMessage(), e);
      }
      throw e;
    }
  }

  private static Judge.Given text(GivenResponse response) {
    if (response.completion().isEmpty()
        && response.response() instanceof GivenResponse.Tokens(List<Integer> ids, _, _)
        && !ids.isEmpty()) {
      throw TableException.at(
          response.file(),
          response.row(),
          "the response has token ids only",
          "give its text as \"completion\"; without a model ids mean no text");
    }
    return new Judge.Given(response.exampleId(), response.prompt(), response.completion());
  }

  private Identity identity(Judge judge, List<GivenResponse> responses) {
    return RunIdentity.ofProgram()
        .with("verifier", spec)
        .with("setting threshold", Double.toString(threshold))
        .with("setting reasoning", reasoning.map(ReasoningTags::toString).orElse("none"))
        .with("data", responses.stream().map(GivenResponse::toString).toList())
        .withHashes(judge.sources());
  }
}
