package io.tailwalk.runs.sample;

import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.records.RunRecord;
import io.tailwalk.records.SampleRow;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.Provenance;
import io.tailwalk.runs.work.RunState;
import io.tailwalk.runs.work.Watch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** Draws completions of prompts and produces rows, transcript, file and replay. */
public final class Generation {
  private final PromptRunner runner;
  private final int parallel;
  private final List<String> command;
  private final Watch watch;
  private final Transcript transcript;

  /**
   * Creates a generation from a recipe.
   *
   * @param model model at the recipe's temperature
   * @param parallel number of prompts at a time
   * @param command the command line, for records; empty if a program called the library
   */
  public Generation(
      LanguageModel model, Recipe recipe, int parallel, List<String> command, Watch watch) {
    this.runner = new PromptRunner(model, recipe);
    this.parallel = parallel;
    this.command = List.copyOf(command);
    this.watch = watch;
    this.transcript = new Transcript(model.vocabulary(), recipe);
  }

  /**
   * Answers the prompts.
   *
   * @param sink receives each new answer, in order
   * @throws InputException if the walk cannot be recorded, or the file was written by a different
   *     run
   */
  public GenerateOutcome run(List<PromptJob> jobs, GenerateOutput output, Consumer<Answer> sink) {
    Optional<ReplayFile> replay =
        output
            .replay()
            .map(page -> {
              PromptJob job = replayed(jobs, output.replayPrompt());
              return new ReplayFile(
                  page, runner.recipe().sampler(), job, runner.model().vocabulary());
            });
    var tally = new Tally(sink);
    SampleFile.Outcome drawn =
        output.file().isPresent()
            ? toFile(jobs, output, replay, tally)
            : toSink(jobs, output.timing(), replay, tally);
    boolean written = replay.map(this::write).orElse(false);
    return tally.outcome(drawn, jobs.size(), written);
  }

  private SampleFile.Outcome toFile(
      List<PromptJob> jobs, GenerateOutput output, Optional<ReplayFile> replay, Tally tally) {
    var file = new SampleFile(output.file().orElseThrow(), output.mode(), output.timing(), command);
    return file.write(runner, jobs, parallel, watch, replay.map(ReplayFile::walk), tally::add);
  }

  private SampleFile.Outcome toSink(
      List<PromptJob> jobs, boolean timing, Optional<ReplayFile> replay, Tally tally) {
    var rows = new RowMaker(runner.model().vocabulary(), runner.recipe(), timing);
    try {
      new GenerateRun(runner, parallel, watch, replay.map(ReplayFile::walk))
          .run(jobs, result -> tally.add(result, rows.rows(result)));
    } catch (CancellationException e) {
      return new SampleFile.Outcome(RunState.UNFINISHED, (int) tally.answered);
    }
    return new SampleFile.Outcome(RunState.FINISHED, jobs.size());
  }

  private boolean write(ReplayFile page) {
    ModelIdentity identity = runner.model().identity();
    Recipe recipe = runner.recipe();
    String subtitle =
        identity.name() + ", " + recipe.verifier().name() + ", " + recipe.sampler().name();
    RunRecord record = Provenance.record(command, identity, recipe.seed(), recipe.params());
    return page.write(subtitle, record);
  }

  private static PromptJob replayed(List<PromptJob> jobs, Optional<String> id) {
    return id.map(wanted ->
            jobs.stream()
                .filter(job -> job.id().equals(wanted))
                .findFirst()
                .orElseThrow(() ->
                    InputException.about(
                        "replay-prompt",
                        "no prompt has the id "
                            + wanted
                            + "; the first is "
                            + jobs.getFirst().id())))
        .orElseGet(jobs::getFirst);
  }

  private final class Tally {
    private final Consumer<Answer> sink;
    private long answered;
    private long completions;
    private long withoutCompletion;
    private long impossible;
    private long outOfMemory;
    private long modelTokens;
    private long millis;

    private Tally(Consumer<Answer> sink) {
      this.sink = sink;
    }

    private void add(PromptResult result, List<SampleRow> rows) {
      answered++;
      completions += result.sampling().draws().size();
      if (result.sampling().draws().isEmpty()) {
        withoutCompletion++;
        impossible += result.sampling().successProbability().certain().high() == 0 ? 1 : 0;
        outOfMemory += result.sampling().stopReason() == StopReason.MEMORY ? 1 : 0;
      }
      modelTokens += result.sampling().cost().modelTokens();
      millis += result.wallMillis();
      sink.accept(new Answer(result, rows, transcript.lines(result)));
    }

    private GenerateOutcome outcome(SampleFile.Outcome drawn, int prompts, boolean replayed) {
      return new GenerateOutcome(
          drawn.state(),
          prompts,
          drawn.done(),
          answered,
          completions,
          withoutCompletion,
          impossible,
          outOfMemory,
          modelTokens,
          millis,
          replayed);
    }
  }
}
