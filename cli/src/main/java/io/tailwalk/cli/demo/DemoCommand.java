package io.tailwalk.cli.demo;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.cli.ExitCode;
import io.tailwalk.cli.Version;
import io.tailwalk.cli.console.Console;
import io.tailwalk.cli.console.Interrupt;
import io.tailwalk.cli.console.Numbers;
import io.tailwalk.cli.console.Printable;
import io.tailwalk.cli.console.Progress;
import io.tailwalk.cli.generate.GenerateRun;
import io.tailwalk.cli.generate.PromptJob;
import io.tailwalk.cli.generate.PromptResult;
import io.tailwalk.cli.generate.PromptRunner;
import io.tailwalk.cli.generate.Recipe;
import io.tailwalk.cli.generate.RowMaker;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.report.ConsoleTable;
import io.tailwalk.report.ReportFiles;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.tables.AtomicFiles;
import io.tailwalk.tables.HostFacts;
import io.tailwalk.tables.JsonText;
import io.tailwalk.tables.ModelStamp;
import io.tailwalk.tables.RunRecord;
import io.tailwalk.tables.SampleOrigin;
import io.tailwalk.tables.SampleRow;
import io.tailwalk.tables.SampleRows;
import io.tailwalk.verifiers.VerifierSpecs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Three samplers at the same cost on the embedded model: the main job on one screen. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Continue a dozen prompts without the letter e on the embedded model, with three samplers at"
            + " equal cost; needs no download.")
public final class DemoCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "tailwalk-demo",
      description = "Where samples, summary and report go. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("");

  @Option(
      names = {"-q", "--quiet"},
      description = "Neither progress nor notes on stderr.")
  private boolean quiet;

  /**
   * Shows on the given console.
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
    List<SamplerScore> scores = new ArrayList<>();
    List<SampleRow> rows = new ArrayList<>();
    RunRecord run;
    try (LanguageModel model = BuiltinModels.open(DemoSetup.MODEL);
        Verifier verifier = VerifierSpecs.parse(DemoSetup.VERIFIER);
        Interrupt interrupt = Interrupt.listen();
        Progress progress = Progress.of(console, "demo", total(prompts), quiet)) {
      run = record(model);
      for (String name : DemoSetup.SAMPLERS) {
        var runner = new PromptRunner(model, recipe(name, verifier));
        SamplerScore score = score(runner, prompts, interrupt, progress);
        var maker = new RowMaker(model.vocabulary(), runner.recipe(), false);
        score.results().forEach(result -> rows.addAll(maker.rows(result)));
        scores.add(score);
      }
    } catch (CancellationException e) {
      console.tell("interrupted; nothing is written");
      return ExitCode.FAILED;
    }
    write(scores, rows, run);
    show(scores);
    return ExitCode.OK;
  }

  private static long total(List<PromptJob> prompts) {
    return DemoSetup.BUDGET_TOKENS * prompts.size() * DemoSetup.SAMPLERS.size();
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
        DemoSetup.SEED);
  }

  private static SamplerScore score(
      PromptRunner runner, List<PromptJob> prompts, Interrupt interrupt, Progress progress) {
    int cores = Runtime.getRuntime().availableProcessors();
    List<PromptResult> results = new ArrayList<>();
    new GenerateRun(runner, cores, interrupt, progress).run(prompts, results::add);
    if (interrupt.requested()) {
      throw new CancellationException("interrupted");
    }
    return new SamplerScore(runner.recipe().sampler(), results);
  }

  private RunRecord record(LanguageModel model) {
    return new RunRecord(
        Version.tool(),
        words,
        List.of(new ModelStamp(model.identity().name(), model.identity().fingerprint())),
        DemoSetup.SEED,
        SampleOrigin.settings(
            Map.of(
                "verifier", DemoSetup.VERIFIER,
                "n", DemoSetup.N,
                "max_tokens", DemoSetup.MAX_TOKENS,
                "budget_tokens", DemoSetup.BUDGET_TOKENS)),
        HostFacts.here());
  }

  private void write(List<SamplerScore> scores, List<SampleRow> rows, RunRecord run) {
    SampleRows.write(folder.resolve("samples.jsonl"), rows);
    AtomicFiles.write(
        folder.resolve("summary.json"), JsonText.pretty(DemoSummary.json(scores, run)));
    ReportFiles.write(DemoPage.of(scores, rows, run), folder, "report");
  }

  private void show(List<SamplerScore> scores) {
    console.print(
        "Continue "
            + scores.getFirst().results().size()
            + " prompts by 60 to 80 characters without the letter e.");
    console.print(
        "Model "
            + DemoSetup.MODEL
            + ", verifier "
            + DemoSetup.VERIFIER
            + ", a budget of "
            + Numbers.count(DemoSetup.BUDGET_TOKENS)
            + " model tokens a prompt for each sampler.");
    console.print("");
    int width = console.outIsTerminal() ? console.width() : 120;
    console
        .out()
        .print(ConsoleTable.render(DemoTables.samplers(scores), width, console.outIsTerminal()));
    SamplerScore.cautions(scores).forEach(console::print);
    console.print("");
    console.print("vgb-momentum wrote, for example:");
    for (PromptResult result : scores.getLast().results().subList(0, 4)) {
      result.sampling().draws().stream()
          .findFirst()
          .ifPresent(draw ->
              console.print(
                  "  "
                      + ((io.tailwalk.core.model.Prompt.Text) result.job().prompt()).text()
                      + "| "
                      + Printable.indented(draw.text(), "    ")));
    }
    console.print("");
    console.print("written to " + folder + ":");
    console.print(
        "  report.html    open it in a browser (report.md and report.json are its twins)");
    console.print("  samples.jsonl  every completion with its log-probabilities and cost");
    console.print("  summary.json   every number above, prompt by prompt");
    console.print("next:");
    console.print(
        "  ./tailwalk generate --model builtin:austen --prompts "
            + folder.resolve("prompts.jsonl")
            + " --verifier avoid:aeiou --n 4");
    console.print("  scripts/fetch-model && ./tailwalk models    a real model; any GGUF works");
  }
}
