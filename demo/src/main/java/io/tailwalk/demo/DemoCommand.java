package io.tailwalk.demo;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.console.Console;
import io.tailwalk.console.ConsoleWatch;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.Interrupt;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.ModelStamp;
import io.tailwalk.records.RunRecord;
import io.tailwalk.records.SampleRow;
import io.tailwalk.records.SampleRows;
import io.tailwalk.report.ReportFiles;
import io.tailwalk.report.Section;
import io.tailwalk.runs.sample.GenerateRun;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.sample.PromptResult;
import io.tailwalk.runs.sample.PromptRunner;
import io.tailwalk.runs.sample.Recipe;
import io.tailwalk.runs.sample.RecordedWalk;
import io.tailwalk.runs.sample.RowMaker;
import io.tailwalk.runs.work.Provenance;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.verifiers.VerifierSpecs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code demo}: three samplers at the same cost, and a choice among checkpoints. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Continue a dozen prompts without the letter e on the embedded model, with three samplers"
            + " at the same budget; then score and profile the checkpoints of a fine-tuning run and"
            + " choose among them. Needs no download.")
public final class DemoCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "tailwalk-demo",
      description = "Output folder for samples, summary and report. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("");

  @Option(
      names = {"-q", "--quiet"},
      description = "Print no progress and no notes to stderr.")
  private boolean quiet;

  /**
   * Creates a command that prints to the given console.
   *
   * @param words the command line, for the record
   */
  public DemoCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    AtomicFiles.folder(folder);
    List<PromptJob> prompts = DemoSetup.prompts(folder);
    var screen = new DemoScreen(console);
    List<SamplerScore> scores = new ArrayList<>();
    List<SampleRow> rows = new ArrayList<>();
    List<ModelStamp> stamps = new ArrayList<>();
    List<Section> walks = new ArrayList<>();
    Optional<CheckpointFigures> checkpoints;
    try (Interrupt interrupt = Interrupt.listen()) {
      stamps.add(samplers(prompts, interrupt, scores, rows, walks));
      screen.show(scores);
      console.flush();
      checkpoints = checkpoints(interrupt, stamps);
      checkpoints.ifPresent(screen::show);
    } catch (CancellationException e) {
      console.tell("interrupted; no result was written");
      return ExitCode.FAILED;
    }
    write(scores, rows, walks, checkpoints, record(stamps));
    screen.end(folder, checkpoints.isPresent());
    return checkpoints.isPresent() ? ExitCode.OK : ExitCode.FAILED;
  }

  /** First half: collects scores, rows and the walk to be shown. */
  private ModelStamp samplers(
      List<PromptJob> prompts,
      Interrupt interrupt,
      List<SamplerScore> scores,
      List<SampleRow> rows,
      List<Section> walks) {
    try (LanguageModel model = BuiltinModels.open(DemoSetup.MODEL);
        Verifier verifier = VerifierSpecs.parse(DemoSetup.VERIFIER);
        ConsoleWatch watch = ConsoleWatch.tokens(console, "demo", quiet, interrupt)) {
      for (String name : DemoSetup.SAMPLERS) {
        var runner = new PromptRunner(model, recipe(name, verifier));
        Optional<RecordedWalk> walk =
            name.equals(DemoSetup.SHOWN_WALK)
                ? Optional.of(RecordedWalk.of(prompts.getFirst(), model.vocabulary()))
                : Optional.empty();
        SamplerScore score = score(runner, prompts, watch, walk);
        walk.flatMap(recorded -> recorded.section("A walk, step by step")).ifPresent(walks::add);
        var maker = new RowMaker(model.vocabulary(), runner.recipe(), false);
        score.results().forEach(result -> rows.addAll(maker.rows(result)));
        scores.add(score);
      }
      return new ModelStamp(model.identity().name(), model.identity().fingerprint());
    }
  }

  /** Second half; empty, with a message on stderr, if llama.cpp does not run on this machine. */
  private Optional<CheckpointFigures> checkpoints(Interrupt interrupt, List<ModelStamp> stamps) {
    ShippedSeries series = ShippedSeries.copyInto(folder);
    CheckpointScoring scoring;
    try (ConsoleWatch watch = ConsoleWatch.steps(console, "scoring", quiet, interrupt)) {
      scoring = CheckpointScoring.of(series, watch);
    } catch (ModelException e) {
      console.tell("the checkpoints cannot be scored on this machine: " + e.getMessage());
      return Optional.empty();
    }
    Path scores = folder.resolve("scores.jsonl");
    Path reference = folder.resolve("data.jsonl");
    scoring.writeScores(scores);
    scoring.writeReference(reference);
    stamps.addAll(scoring.stamps());
    return Optional.of(new CheckpointFigures(CheckpointStudy.of(scores, reference)));
  }

  private static Recipe recipe(String name, Verifier verifier) {
    Sampler sampler = Samplers.create(name, Map.of());
    return new Recipe(
        sampler,
        verifier,
        Optional.empty(),
        new ExpansionRule.Enumerate(),
        DemoSetup.N,
        DemoSetup.MAX_TOKENS,
        1.0,
        List.of(),
        DemoSetup.budget(sampler),
        DemoSetup.SEED,
        OptionalDouble.empty());
  }

  private static SamplerScore score(
      PromptRunner runner, List<PromptJob> prompts, Watch watch, Optional<RecordedWalk> walk) {
    int cores = Runtime.getRuntime().availableProcessors();
    List<PromptResult> results = new ArrayList<>();
    new GenerateRun(runner, cores, watch, walk).run(prompts, results::add);
    watch.check();
    return new SamplerScore(runner.recipe().sampler(), results);
  }

  private RunRecord record(List<ModelStamp> stamps) {
    return Provenance.record(
        words,
        stamps,
        DemoSetup.SEED,
        Map.of(
            "verifier", DemoSetup.VERIFIER,
            "n", DemoSetup.N,
            "max_tokens", DemoSetup.MAX_TOKENS,
            "budget_tokens", DemoSetup.BUDGET_TOKENS));
  }

  private void write(
      List<SamplerScore> scores,
      List<SampleRow> rows,
      List<Section> walks,
      Optional<CheckpointFigures> checkpoints,
      RunRecord run) {
    SampleRows.write(folder.resolve("samples.jsonl"), rows);
    AtomicFiles.write(
        folder.resolve("summary.json"),
        JsonText.pretty(DemoSummary.json(scores, checkpoints, run)));
    ReportFiles.write(DemoPage.of(scores, rows, walks, checkpoints, run), folder, "report");
  }
}
