package io.tailwalk.lab.command;

import io.tailwalk.console.Console;
import io.tailwalk.console.flags.ModelFlags;
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

/** Test cases for a Python function, run in the sandbox. */
@Command(
    name = CodeExperiment.NAME,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Test cases that a model writes for a Python function and that pass in the sandbox: their"
          + " log-probability, lengths and kinds against those of the model's own passing lines (arXiv"
          + " 2510.03149).",
      "--threads is that of the model's arithmetic."
    })
final class CodeTestsCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = DefaultModels.MODEL,
      description = "What is sampled, gguf:PATH or builtin:NAME. Default: ${DEFAULT-VALUE}.")
  private String model = DefaultModels.MODEL;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "Runs of each sampler, at least 2. Default: 6 at quick, 8 at full.")
  private @Nullable Integer repeats;

  @Mixin private final ExperimentOptions options = new ExperimentOptions();

  CodeTestsCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  /** The sandbox: the completion behind the prompt is the program. */
  static Verifier verifier() {
    var context = new SpecContext((_, _) -> Optional.of("assert callable(app)"), ModelOpener.NONE);
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
    DefaultModels.requireFetched("--model", model, DefaultModels.MODEL, "scripts/fetch-model");
    try (LanguageModel sampled = ModelFlags.open("--model", model, settings.threads());
        Verifier verifier = verifier()) {
      return options.run(
          new CodeExperiment(settings, plan, sampled, verifier),
          console,
          words,
          Map.of("scale", settings.scale().wireName(), "model", model));
    }
  }
}
