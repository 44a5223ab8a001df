package io.tailwalk.cli.tail;

import io.tailwalk.cli.ExitCode;
import io.tailwalk.cli.Require;
import io.tailwalk.cli.console.Console;
import io.tailwalk.cli.console.ConsoleWatch;
import io.tailwalk.cli.generate.PromptChoice;
import io.tailwalk.cli.generate.SamplerOptions;
import io.tailwalk.cli.generate.SamplingOptions;
import io.tailwalk.cli.generate.StudyOptions;
import io.tailwalk.cli.models.ModelOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.TemperedModel;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.records.RunRecord;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.sample.PromptRunner;
import io.tailwalk.runs.sample.Recipe;
import io.tailwalk.runs.tail.TailFigures;
import io.tailwalk.runs.tail.TailStudy;
import io.tailwalk.verifiers.spec.SpecContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Estimates how probable passing is under the model itself. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Estimate the probability that the model's own completion passes, prompt by prompt, and"
          + " predict pass@k from it far past what can be drawn; plain draws beside it measure what"
          + " they can.",
      "For a verifier with graded rewards the number is the mean reward, from which no pass@k"
          + " follows."
    })
public final class TailCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Mixin private final ModelOptions modelOptions = new ModelOptions();

  @ArgGroup(multiplicity = "1")
  private final PromptChoice prompts = new PromptChoice();

  @Mixin private final SamplerOptions sampler = new SamplerOptions();
  @Mixin private final SamplingOptions sampling = new SamplingOptions();

  @Option(
      names = "--measure-tokens",
      paramLabel = "N",
      description =
          "Model tokens a prompt for plain draws that measure pass@k. Default: as --budget-tokens.")
  private @Nullable Long measureTokens;

  @Mixin private final StudyOptions study = new StudyOptions();

  /**
   * Shows on the given console.
   *
   * @param words the command line, for the record
   */
  public TailCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    modelOptions.check();
    if (measureTokens != null) {
      Require.atLeast("--measure-tokens", measureTokens, 1);
    }
    study.prepare();
    try (Verifier verifier =
        sampling.verifier(new SpecContext(prompts.fields(), modelOptions::open))) {
      Recipe recipe = sampling.recipe(sampler.sampler(), verifier, modelOptions.treeBytes());
      List<PromptJob> jobs = prompts.jobs();
      try (LanguageModel model = modelOptions.open()) {
        PromptRunner.check(model, jobs);
        TailFigures figures = run(TemperedModel.of(model, recipe.temperature()), recipe, jobs);
        RunRecord record =
            StudyOptions.record(words, model.identity(), recipe.seed(), params(recipe));
        String subtitle = model.identity().name() + ", " + recipe.verifier().name();
        study.show(
            console,
            "tail",
            figures.json(record),
            figures.page(subtitle, record),
            figures.tables(),
            figures.remarks());
      } catch (CancellationException e) {
        console.tell("interrupted; nothing is written");
        return ExitCode.FAILED;
      }
    }
    return ExitCode.OK;
  }

  private static Map<String, Object> params(Recipe recipe) {
    Map<String, Object> params = recipe.params();
    params.put("sampler", recipe.sampler().name());
    return params;
  }

  private TailFigures run(LanguageModel model, Recipe recipe, List<PromptJob> jobs) {
    long tokens = recipe.budget().modelTokens();
    long plainTokens = measureTokens == null ? tokens : measureTokens;
    try (ConsoleWatch watch = ConsoleWatch.tokens(console, "tail", study.quiet())) {
      return TailStudy.run(model, recipe, jobs, plainTokens, modelOptions.promptsAtATime(), watch);
    }
  }
}
