package io.tailwalk.lab.command;

import io.tailwalk.console.Console;
import io.tailwalk.console.flags.Require;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.codetests.CodeExperiment;
import io.tailwalk.lab.codetests.CodePlan;
import io.tailwalk.verifiers.VerifierSpecs;
import io.tailwalk.verifiers.spec.ModelOpener;
import io.tailwalk.verifiers.spec.SpecContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Samples test cases for a Python function and runs them in the sandbox. */
@Command(
    name = CodeExperiment.NAME,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sample test cases for Python functions that pass in the sandbox, and compare their"
          + " lengths and kinds with those of the model's own passing lines"
          + " (arXiv 2510.03149).",
      "--threads sets the number of threads of the model's arithmetic."
    })
final class CodeTestsCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Mixin private final ModelOption model = new ModelOption();

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "Runs of each sampler, at least 2. Default: 4.")
  private @Nullable Integer repeats;

  @Mixin private final ExperimentOptions options = new ExperimentOptions();

  CodeTestsCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  /** The sandbox verifier: its program is the prompt followed by the completion. */
  static Verifier verifier() {
    var context = new SpecContext((_, _) -> Optional.of("assert callable(f)"), ModelOpener.NONE);
    return VerifierSpecs.parse("code[5s]:python,tests=@tests,before=prompt", context);
  }

  @Override
  public Integer call() {
    ExperimentSettings settings = options.settings();
    CodePlan plan = CodePlan.of(settings.scale());
    if (repeats != null) {
      Require.atLeast("--repeats", repeats, 2);
      plan = plan.withRepeats(repeats);
    }
    model.requireFetched();
    try (LanguageModel sampled = model.open(settings);
        Verifier verifier = verifier()) {
      return options.run(
          new CodeExperiment(settings, plan, sampled, verifier),
          console,
          words,
          Map.of("scale", settings.scale().wireName(), "model", model.name()));
    }
  }
}
