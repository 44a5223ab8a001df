package io.tailwalk.cli.generate;

import io.tailwalk.cli.ExitCode;
import io.tailwalk.cli.console.Console;
import io.tailwalk.cli.console.ConsoleWatch;
import io.tailwalk.cli.models.ModelOptions;
import io.tailwalk.core.Plural;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.TemperedModel;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.records.RunRecord;
import io.tailwalk.records.SampleRow;
import io.tailwalk.records.SampleRows;
import io.tailwalk.report.Numbers;
import io.tailwalk.runs.sample.GenerateRun;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.sample.PromptResult;
import io.tailwalk.runs.sample.PromptRunner;
import io.tailwalk.runs.sample.Recipe;
import io.tailwalk.runs.sample.ReplayFile;
import io.tailwalk.runs.sample.RowMaker;
import io.tailwalk.runs.sample.SampleFile;
import io.tailwalk.runs.work.Provenance;
import io.tailwalk.verifiers.spec.SpecContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Draws completions of prompts that pass a verifier. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Draw completions that pass a verifier, with the cost and the uncertainty.")
public final class GenerateCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Mixin private final ModelOptions modelOptions = new ModelOptions();

  @ArgGroup(multiplicity = "1")
  private final PromptChoice prompts = new PromptChoice();

  @Mixin private final SamplerOptions sampler = new SamplerOptions();
  @Mixin private final SamplingOptions sampling = new SamplingOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  /**
   * Draws onto the given console.
   *
   * @param words the command line, for the record
   */
  public GenerateCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    modelOptions.check();
    Optional<Path> file = output.file();
    file.ifPresent(path -> new SampleFile(path, output.mode(), output.timing, words).check());
    try (Verifier verifier =
        sampling.verifier(new SpecContext(prompts.fields(), modelOptions::open))) {
      int parallel = modelOptions.promptsAtATime();
      Recipe recipe = sampling.recipe(sampler.sampler(), verifier, modelOptions.treeBytes());
      List<PromptJob> jobs = prompts.jobs();
      try (LanguageModel model = modelOptions.open()) {
        PromptRunner.check(model, jobs);
        var runner = new PromptRunner(TemperedModel.of(model, recipe.temperature()), recipe);
        Optional<ReplayFile> replay =
            output
                .replay()
                .map(page ->
                    new ReplayFile(
                        page, recipe.sampler(), output.replayed(jobs), model.vocabulary()));
        int code =
            file.isPresent()
                ? toFile(runner, jobs, parallel, file.get(), replay)
                : toConsole(runner, jobs, parallel, replay);
        replay.ifPresent(page -> write(page, runner));
        return code;
      }
    }
  }

  private void write(ReplayFile page, PromptRunner runner) {
    ModelIdentity identity = runner.model().identity();
    String subtitle =
        identity.name()
            + ", "
            + runner.recipe().verifier().name()
            + ", "
            + runner.recipe().sampler().name();
    tell(
        page.write(subtitle, record(identity, runner.recipe()))
            ? output.replay().orElseThrow() + " is written; open it in a browser"
            : "there was no step to replay");
  }

  private int toConsole(
      PromptRunner runner, List<PromptJob> jobs, int parallel, Optional<ReplayFile> replay) {
    var transcript = new Transcript(console, runner.model().vocabulary(), runner.recipe());
    var rows = new RowMaker(runner.model().vocabulary(), runner.recipe(), output.timing);
    var tally = new Tally();
    try (ConsoleWatch watch = ConsoleWatch.tokens(console, "sampling", output.quiet)) {
      new GenerateRun(runner, parallel, watch, replay.map(ReplayFile::walk))
          .run(
              jobs,
              result -> {
                tally.add(result);
                if (output.json) {
                  print(rows.rows(result));
                } else {
                  transcript.print(result);
                }
                console.out().flush();
              });
    } catch (CancellationException e) {
      tell("interrupted");
    }
    return finish(tally, jobs.size());
  }

  private int toFile(
      PromptRunner runner,
      List<PromptJob> jobs,
      int parallel,
      Path file,
      Optional<ReplayFile> replay) {
    var tally = new Tally();
    var target = new SampleFile(file, output.mode(), output.timing, words);
    SampleFile.Outcome outcome;
    try (ConsoleWatch watch = ConsoleWatch.tokens(console, "sampling", output.quiet)) {
      outcome =
          target.write(
              runner,
              jobs,
              parallel,
              watch,
              replay.map(ReplayFile::walk),
              (result, rows) -> {
                tally.add(result);
                if (output.json) {
                  print(rows);
                }
              });
    }
    return switch (outcome.state()) {
      case WAS_FINISHED -> {
        tell(file + " is complete; nothing to do");
        yield ExitCode.OK;
      }
      case UNFINISHED -> {
        tell("interrupted");
        tell(
            outcome.done()
                + " of "
                + Plural.of(jobs.size(), "prompt")
                + " are kept; go on with the same command and --resume");
        yield ExitCode.FAILED;
      }
      case FINISHED -> {
        tell(file + " and " + target.record().getFileName() + " are written");
        yield finish(tally, jobs.size());
      }
    };
  }

  private RunRecord record(ModelIdentity identity, Recipe recipe) {
    return Provenance.record(words, identity, recipe.seed(), recipe.params());
  }

  private void print(List<SampleRow> rows) {
    rows.forEach(row -> console.data(SampleRows.line(row)));
  }

  private int finish(Tally tally, int prompts) {
    if (tally.prompts > 0) {
      tell(
          Plural.of(tally.completions, "completion")
              + " of "
              + Plural.of(tally.prompts, "prompt")
              + ", "
              + Plural.of(tally.modelTokens, "model token")
              + ", "
              + Numbers.count(tally.millis)
              + " ms");
    }
    if (tally.withoutCompletion > 0) {
      console.tell(
          "tailwalk: "
              + tally.withoutCompletion
              + " of "
              + Plural.of(prompts, "prompt")
              + " got no completion that passes; raise --budget-tokens or take another"
              + " sampler");
      return ExitCode.FAILED;
    }
    return tally.prompts == prompts || output.resume ? ExitCode.OK : ExitCode.FAILED;
  }

  private void tell(String line) {
    if (!output.quiet) {
      console.tell(line);
    }
  }

  private static final class Tally {
    private long prompts;
    private long completions;
    private long withoutCompletion;
    private long modelTokens;
    private long millis;

    private void add(PromptResult result) {
      prompts++;
      completions += result.sampling().draws().size();
      withoutCompletion += result.sampling().draws().isEmpty() ? 1 : 0;
      modelTokens += result.sampling().cost().modelTokens();
      millis += result.wallMillis();
    }
  }
}
