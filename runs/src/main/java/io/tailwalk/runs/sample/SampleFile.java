package io.tailwalk.runs.sample;

import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.records.Identity;
import io.tailwalk.records.SampleRow;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.OutputFile;
import io.tailwalk.runs.work.Provenance;
import io.tailwalk.runs.work.RunState;
import io.tailwalk.runs.work.Watch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;

/**
 * A samples file, one row per completion, with its run record. Answered prompts are stored in a
 * journal, so that an interrupted or killed run can be resumed.
 *
 * @param file the samples file
 * @param mode what to do if the file already exists
 * @param timing whether rows contain the time of their prompt
 * @param command the command line, for the record; empty if a program called the library
 */
public record SampleFile(Path file, IfExists mode, boolean timing, List<String> command) {
  /** Keeps an immutable copy. */
  public SampleFile {
    command = List.copyOf(command);
  }

  /**
   * The outcome of a run.
   *
   * @param state state of the run
   * @param done number of prompts that are safely on disk
   */
  public record Outcome(RunState state, int done) {}

  /** The path of the run record: {@code a.run.json} for {@code a.jsonl}. */
  public Path record() {
    return ResultFile.record(file);
  }

  /**
   * Refuses a file that already exists, unless the mode resumes or overwrites it.
   *
   * @throws io.tailwalk.runs.work.InputException if the file exists
   */
  public void check() {
    OutputFile.check(file, mode);
  }

  /**
   * Answers the remaining prompts.
   *
   * @param parallel number of prompts at a time
   * @param recorded a walk to record, if any
   * @param sink receives each new result with its rows, in order
   */
  public Outcome write(
      PromptRunner runner,
      List<PromptJob> jobs,
      int parallel,
      Watch watch,
      Optional<RecordedWalk> recorded,
      BiConsumer<PromptResult, List<SampleRow>> sink) {
    check();
    ModelIdentity identity = runner.model().identity();
    Recipe recipe = runner.recipe();
    Identity run = RunIdentity.of(identity, recipe, jobs, timing);
    if (mode == IfExists.RESUME
        && OutputFile.isFinished(file, run, () -> OutputFile.Recorded.read(record()))) {
      return new Outcome(RunState.WAS_FINISHED, jobs.size());
    }
    var maker = new RowMaker(runner.model().vocabulary(), recipe, timing);
    try (ResultFile results = ResultFile.open(file, run, mode)) {
      List<PromptJob> open = jobs.stream().filter(job -> !results.isDone(job)).toList();
      try {
        new GenerateRun(runner, parallel, watch, recorded)
            .run(
                open,
                result -> {
                  if (result.sampling().stopReason() != StopReason.CANCELLED) {
                    List<SampleRow> rows = maker.rows(result);
                    results.append(result, rows);
                    sink.accept(result, rows);
                  }
                });
      } catch (CancellationException e) {
        return new Outcome(RunState.UNFINISHED, results.done());
      }
      if (results.done() < jobs.size()) {
        return new Outcome(RunState.UNFINISHED, results.done());
      }
      results.finish(
          Provenance.record(command, identity, recipe.seed(), recipe.params()),
          runner.model().servedUsage());
      return new Outcome(RunState.FINISHED, jobs.size());
    }
  }
}
